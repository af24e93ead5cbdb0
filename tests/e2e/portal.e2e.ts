import { ACCOUNTS, expect, expectAccessible, PASSWORD, type Page, signIn, test } from "../support/e2e";

const summary = "[data-slot=error-summary]";
const days = (page: Page) => page.getByRole("list", { name: "Days" }).getByRole("link");
const times = (page: Page) => page.locator("button[name=slot]");
const h1 = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** From the first question to the free times of one day; the days differ from test to test, as all share one clinic. */
async function findTimes(page: Page, service: RegExp, place: RegExp, day: number): Promise<void> {
  await page.goto("/find?kind=returning");
  await page.getByRole("link", { name: service }).click();
  await page.getByRole("link", { name: place }).click();
  await expect(h1(page, "Choose a time")).toBeVisible();
  const wanted = days(page).nth(day);
  const name = (await wanted.locator(".sr-only").textContent()) ?? "";
  await wanted.click();
  await expect(page.getByRole("heading", { level: 3, name: name.split(",")[0] })).toBeVisible();
  await expect(times(page).first()).toBeVisible();
}

async function passSignIn(page: Page, account: keyof typeof ACCOUNTS): Promise<void> {
  await page.getByLabel("Email").fill(ACCOUNTS[account]);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function cancelThis(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Cancel visit" }).click();
  await expect(h1(page, "Cancel this visit?")).toBeVisible();
  await page.getByRole("button", { name: "Cancel the visit" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The visit is cancelled" })).toBeVisible();
}

test("a visitor finds a time, signs in on the way, checks, books, moves and cancels @widths", async ({ page }) => {
  await page.goto("/find");
  await expectAccessible(page);
  await page.getByRole("link", { name: /Yes, I have been here/ }).click();
  await expect(h1(page, "What is the visit for?")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: /General consultation/ }).click();
  await expect(h1(page, "Where would you like to be seen?")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: /Riverside/ }).click();
  await expect(h1(page, "Choose a time")).toBeVisible();
  await expectAccessible(page);

  // Days change in place, and the address with them: Back and a shared link show the same.
  const first = page.url();
  await days(page).last().click();
  await expect(page).toHaveURL(/day=\d{4}-\d{2}-\d{2}/);
  await expect(page.locator("[role=status]").filter({ hasText: /\d+ times? on / })).toHaveCount(1);
  await page.goBack();
  await expect(page).toHaveURL(first);
  await days(page).last().click();
  await expect(times(page).first()).toHaveAccessibleName(/m on \w+day \d+ \w+ \d{4} .+ Riverside/);
  await times(page).last().click();

  await page.waitForURL(/\/sign-in\?next=/);
  await passSignIn(page, "patient");
  await expect(h1(page, "Check your answers")).toBeVisible();
  await expect(page.getByText(/We keep this time for you for/)).toContainText(/[45]:\d\d/);
  await page.getByRole("button", { name: "Keep it 5 minutes longer" }).click();
  await expect(page.getByRole("button", { name: "Keep it 5 minutes longer" })).toBeHidden();
  await expectAccessible(page);
  await page.getByLabel("Anything that the doctor should know?").fill("A cough that does not go");
  await page.getByRole("link", { name: "Change When" }).click();
  await expect(h1(page, "Choose a time")).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("Anything that the doctor should know?")).toHaveValue("A cough that does not go");
  await page.getByRole("button", { name: "Book this visit" }).click();

  await expect(h1(page, "Your visit is booked")).toBeVisible();
  await expect(page.getByText(/Your reference is/)).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await expect(page.getByText("A cough that does not go")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Move", exact: true }).click();
  await expect(h1(page, "Choose another time")).toBeVisible();
  await expectAccessible(page);
  await times(page).first().click();
  await expect(h1(page, "Check the new time")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Move the visit" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your visit has moved" })).toBeVisible();
  await expectAccessible(page);
  await cancelThis(page);
});

test("a parent books for a child, and every page says whose it is", async ({ page }) => {
  await signIn(page, "parent");
  await page.goto("/find?kind=returning");
  await page.getByRole("link", { name: /Vaccination/ }).click();
  await expect(h1(page, "Who is the visit for?")).toBeVisible();
  await expectAccessible(page);
  const child = page
    .getByRole("main")
    .getByRole("link", { name: /your child/ })
    .first();
  const name = (await child.locator(".font-semibold").first().textContent()) ?? "";
  await child.click();
  await page.getByRole("link", { name: /Riverside/ }).click();
  const bar = page.getByRole("region", { name: "Whose page this is" });
  await expect(bar).toContainText(name);
  await days(page).nth(1).click();
  await times(page).first().click();
  await expect(h1(page, "Check your answers")).toBeVisible();
  await expect(bar).toContainText(name);
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(h1(page, `${name}’s visit is booked`)).toBeVisible();
  await expect(bar).toContainText(name);
  await page.getByRole("link", { name: "See my visits" }).click();
  await expect(bar).toContainText("Everyone");
  await expect(page.getByText(`For ${name}`).first()).toBeVisible();
  // Back to the form and Book once more: it is the same visit.
  await expect(h1(page, "My visits")).toBeVisible();
  await page.waitForURL(/\/visits$/);
  await page.goBack();
  await expect(h1(page, `${name}’s visit is booked`)).toBeVisible();
  const reference = await page.getByText(/Your reference is/).textContent();
  await page.goBack();
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(h1(page, `${name}’s visit is booked`)).toBeVisible();
  await expect(page.getByText(/Your reference is/)).toHaveText(reference ?? "");
  await cancelThis(page);
});

test("a time lost to somebody else keeps what was typed and offers others in place", async ({ page, browser }) => {
  await signIn(page, "patient");
  await findTimes(page, /Follow-up/, /Riverside/, 2);
  const slot = await times(page).first().getAttribute("value");
  const service = new URL(page.url()).searchParams.get("service");
  const check = `/find/check?service=${service}&slot=${encodeURIComponent(slot ?? "")}`;

  const other = await browser.newContext();
  const rival = await other.newPage();
  await signIn(rival, "parent");
  await rival.goto(check);
  await rival.getByRole("main").getByRole("link").nth(1).click();
  await expect(rival.getByText(/We keep this time/)).toBeVisible();

  await page.goto(check);
  await expect(page.locator(summary)).toBeFocused();
  await expect(page.locator(summary)).toContainText("That time has just been taken");
  await expect(page).toHaveTitle(/^Error: /);
  await page.getByLabel("Anything that the doctor should know?").fill("Typed before");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(page.locator(summary)).toContainText("Choose a time");
  await page.getByRole("radio").first().press("Space");
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(h1(page, "Your visit is booked")).toBeVisible();
  await expect(page.getByText("Typed before")).toBeVisible();
  await cancelThis(page);
  await other.close();
});

test("the calendar file is the patient's alone, and tells no reason", async ({ page, browser }) => {
  await signIn(page, "patient");
  const href = await page.getByRole("link", { name: "Details" }).first().getAttribute("href");
  const file = `${(href ?? "").split("?")[0]}/calendar.ics`;
  const mine = await page.request.get(file);
  expect(mine.headers()["content-type"]).toContain("text/calendar");
  const text = await mine.text();
  expect(text).toContain("BEGIN:VEVENT");
  expect(text).toMatch(/SUMMARY:Appointment\r?\n/);
  const other = await browser.newContext();
  const rival = await other.newPage();
  expect((await rival.request.get(file)).status()).toBe(401);
  await signIn(rival, "parent");
  expect((await rival.request.get(file)).status()).toBe(404);
  await rival.goto((href ?? "").split("?")[0] ?? "");
  await expect(h1(rival, "Page not found")).toBeVisible();
  await other.close();
});

test("by keyboard alone @tablet", async ({ page }) => {
  await signIn(page, "patient");
  await page.goto("/find?kind=returning");
  const press = async (name: RegExp) => {
    const target = page.getByRole("main").getByRole("link", { name }).first();
    for (let step = 0; step < 80; step++) {
      if (await target.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await expect(target).toBeFocused();
    await page.keyboard.press("Enter");
  };
  await press(/Follow-up/);
  await expect(h1(page, /Where would/)).toBeVisible();
  await press(/Riverside/);
  await expect(h1(page, "Choose a time")).toBeVisible();
  await days(page).nth(3).focus();
  await page.keyboard.press("Enter");
  await expect(days(page).nth(3)).toHaveAttribute("aria-current", "date");
  await expect(days(page).nth(3)).toBeFocused();
  await expect(times(page).first()).toBeVisible();
  await times(page).nth(1).focus();
  await page.keyboard.press("Enter");
  await expect(h1(page, "Check your answers")).toBeVisible();
  await page.getByLabel("Anything that the doctor should know?").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(h1(page, "Your visit is booked")).toBeVisible();
  await cancelThis(page);
});

test("times that could not be loaded can be asked for again in place", async ({ page, allowErrors }) => {
  allowErrors(/Failed to load resource/);
  await page.goto("/find?kind=returning");
  await page.getByRole("link", { name: /General consultation/ }).click();
  await page.getByRole("link", { name: /Riverside/ }).click();
  await page.route("**/find/slots?**", (route) => route.abort());
  await days(page).last().click();
  await expect(page.getByText("We could not load the times").last()).toBeVisible();
  await page.unroute("**/find/slots?**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(times(page).first()).toBeVisible();
});

test("profile, family and help @phone", async ({ page }) => {
  await signIn(page, "parent");
  for (const [path, name] of [
    ["/profile", "Profile"],
    ["/family", "Family"],
    ["/help", "Help"],
    ["/visits", "My visits"],
  ] as const) {
    await page.goto(path);
    await expect(h1(page, name)).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto("/family/add");
  await page.getByRole("button", { name: "Add this child" }).click();
  await expect(page.locator(`${summary} li`)).toHaveText([
    "Enter the given name",
    "Enter the family name",
    "Enter the date of birth",
  ]);
  await expectAccessible(page);
  await page.goto("/family/allow");
  await page.getByLabel("Email of their account").fill("nobody@demo.test");
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.locator(summary)).toContainText("There is no account of another person with this email");
  await page.goto("/profile");
  await page.getByLabel("Mobile phone").fill("123");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(summary)).toContainText("Enter a phone number with its country code");
});

test("two minutes before the session ends it warns, and any key extends it", async ({ page }) => {
  await signIn(page, "patient");
  await page.clock.install();
  await page.goto("/visits");
  // The timers start with the page's script.
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__react")),
  );
  await page.clock.runFor(1_000);
  await page.clock.fastForward("28:30");
  const warning = page.getByRole("dialog", { name: "Are you still there?" });
  await expect(warning).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("a");
  await expect(warning).toBeHidden();
});

test.describe("before JavaScript has loaded", () => {
  test.use({ javaScriptEnabled: false });

  test("a parent books for a child and cancels", async ({ page }) => {
    await page.goto("/find?kind=returning");
    await page.getByRole("link", { name: /Child health check/ }).click();
    await page.getByRole("link", { name: /Hudson/ }).click();
    await days(page).nth(1).click();
    await times(page).first().click();
    await passSignIn(page, "parent");
    await page
      .getByRole("main")
      .getByRole("link", { name: /your child/ })
      .first()
      .click();
    await page.getByLabel("Anything that the doctor should know?").fill("Without script");
    await page.getByRole("button", { name: "Book this visit" }).click();
    await expect(h1(page, /visit is booked/)).toBeVisible();
    await expect(page.getByText("Without script")).toBeVisible();
    await cancelThis(page);
  });
});
