import { expect, expectAccessible, PASSWORD, type Page, signIn, tabTo, test } from "../support/e2e";
import { cancelThis, days, h1, passSignIn, reasonBox, summary, takeLastDay, times } from "../support/portal";

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
  // Each screen its own time: they run side by side, for the same patient.
  await times(page).nth(["desktop", "tablet", "phone"].indexOf(test.info().project.name)).click();

  await page.waitForURL(/\/sign-in\?next=/);
  await passSignIn(page, "patient");
  await expect(h1(page, "Check your answers")).toBeVisible();
  await expect(page.getByText(/We keep this time for you for/)).toContainText(/[45]:\d\d/);
  await page.getByRole("button", { name: "Keep it 5 minutes longer" }).click();
  await expect(page.getByRole("button", { name: "Keep it 5 minutes longer" })).toBeHidden();
  await expectAccessible(page);
  await reasonBox(page).fill("A cough that does not go");
  await page.getByRole("link", { name: "Change When" }).click();
  await expect(h1(page, "Choose a time")).toBeVisible();
  await page.goBack();
  await expect(reasonBox(page)).toHaveValue("A cough that does not go");
  await page.getByRole("button", { name: "Book this visit" }).click();

  await expect(h1(page, "Your visit is booked")).toBeVisible();
  await expect(page.getByText(/Your reference is/)).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await expect(page.getByText("A cough that does not go")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Move", exact: true }).click();
  await expect(h1(page, "Choose another time")).toBeVisible();
  await expectAccessible(page);
  await takeLastDay(page);
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

test("finds, signs in, books, moves and cancels by keyboard alone @tablet", async ({ page }) => {
  test.slow();
  const main = page.getByRole("main");
  const press = async (target: ReturnType<Page["locator"]>, key = "Enter") => {
    await tabTo(page, target);
    await page.keyboard.press(key);
  };
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await press(main.getByRole("link", { name: "Find a time" }));
  await press(main.getByRole("link", { name: /Yes, I have been here/ }));
  await press(main.getByRole("link", { name: /Follow-up/ }));
  await expect(h1(page, /Where would/)).toBeVisible();
  await press(main.getByRole("link", { name: /Riverside/ }));
  await expect(h1(page, "Choose a time")).toBeVisible();
  await press(days(page).nth(3));
  await expect(days(page).nth(3)).toHaveAttribute("aria-current", "date");
  await expect(days(page).nth(3)).toBeFocused();
  await expect(times(page).first()).toBeVisible();
  await press(times(page).nth(1));
  await page.waitForURL(/\/sign-in\?next=/);
  await tabTo(page, page.getByLabel("Email"));
  await page.keyboard.type("patient@demo.test");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(h1(page, "Check your answers")).toBeVisible();
  await tabTo(page, reasonBox(page));
  await page.keyboard.type("Typed with keys");
  await press(page.getByRole("button", { name: "Book this visit" }));
  await expect(h1(page, "Your visit is booked")).toBeVisible();
  await press(main.getByRole("link", { name: "Move", exact: true }));
  await expect(h1(page, "Choose another time")).toBeVisible();
  await press(days(page).last());
  await press(times(page).first());
  await expect(h1(page, "Check the new time")).toBeVisible();
  await press(page.getByRole("button", { name: "Move the visit" }));
  await expect(page.getByRole("status").filter({ hasText: "Your visit has moved" })).toBeVisible();
  await press(main.getByRole("link", { name: "Cancel visit" }));
  await expect(h1(page, "Cancel this visit?")).toBeVisible();
  await press(page.getByRole("button", { name: "Cancel the visit" }));
  await expect(page.getByRole("status").filter({ hasText: "The visit is cancelled" })).toBeVisible();
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

test.describe("before JavaScript has loaded", () => {
  test.use({ javaScriptEnabled: false });

  test("a parent books for a child, moves and cancels", async ({ page }) => {
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
    await reasonBox(page).fill("Without script");
    await page.getByRole("button", { name: "Book this visit" }).click();
    await expect(h1(page, /visit is booked/)).toBeVisible();
    await expect(page.getByText("Without script")).toBeVisible();
    await page.getByRole("link", { name: "Move", exact: true }).click();
    await expect(h1(page, "Choose another time")).toBeVisible();
    await takeLastDay(page);
    await expect(h1(page, "Check the new time")).toBeVisible();
    await page.getByRole("button", { name: "Move the visit" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Your visit has moved" })).toBeVisible();
    await cancelThis(page);
  });

  test("a visitor registers, and nothing is there that needs a script", async ({ page }) => {
    await page.goto("/register");
    await expect(page.getByRole("button", { name: "Show password" })).toBeHidden();
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.locator(`${summary} li`)).toHaveCount(5);
    await page.getByLabel("Given name").fill("Nuno");
    await page.getByLabel("Family name").fill("Alves");
    await page.getByLabel("Day").fill("9");
    await page.getByLabel("Month").fill("3");
    await page.getByLabel("Year").fill("1981");
    await page.getByLabel("Email").fill(`nuno.${Date.now()}@demo.test`);
    await page.getByLabel("Password", { exact: true }).fill("seven slow rivers cross a map");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(h1(page, "Look into your email")).toBeVisible();
  });
});
