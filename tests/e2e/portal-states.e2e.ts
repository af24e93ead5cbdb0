import { expect, expectAccessible, signIn, test } from "../support/e2e";
import { cancelThis, days, findTimes, h1, passSignIn, reasonBox, summary, times } from "../support/portal";

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
  await reasonBox(page).fill("Typed before");
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

test("no free times name the next one and whom to call @phone", async ({ page }) => {
  await page.goto("/find?kind=returning");
  await page.getByRole("link", { name: /General consultation/ }).click();
  await page.getByRole("link", { name: /Riverside/ }).click();
  await page.route("**/find/slots?**", async (route) => {
    const view = await (await route.fetch()).json();
    const none = view.days.map((day: object) => ({ ...day, count: 0 }));
    await route.fulfill({ json: { ...view, days: none, day: null, slots: [], next: "2031-03-05" } });
  });
  await page.getByRole("link", { name: "Later days" }).click();
  await expect(page.getByRole("heading", { name: "No free times on these days" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Next free: Wednesday 5 March 2031" })).toBeVisible();
  await expect(page.getByRole("main").getByText(/Call us at/)).toBeVisible();
  await expectAccessible(page);
});

test("a time that is no longer kept says so and can still be booked", async ({ page }) => {
  await signIn(page, "patient");
  await page.clock.install();
  await findTimes(page, /Follow-up/, /Riverside/, 1);
  await times(page).first().click();
  await expect(page.getByText(/We keep this time for you for/)).toBeVisible();
  await page.clock.fastForward("04:10");
  await expect(page.getByRole("status").filter({ hasText: "for one more minute" })).toHaveCount(1);
  await page.clock.fastForward("01:00");
  await expect(page.getByRole("main").getByText("We no longer keep this time for you.").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(h1(page, "Your visit is booked")).toBeVisible();
  await cancelThis(page);
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

test("after the end of a session the way back keeps what was typed", async ({ page, context }) => {
  await signIn(page, "parent");
  await page.clock.install();
  await page.goto("/profile");
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__react")),
  );
  await page.getByLabel("Address").fill("Elsewhere 5");
  await page.clock.runFor(1_000);
  await page.clock.fastForward("30:30");
  await context.clearCookies();
  await page
    .getByRole("dialog", { name: "You have been signed out" })
    .getByRole("button", { name: "Sign in again" })
    .click();
  await passSignIn(page, "parent");
  await expect(page.getByLabel("Address")).toHaveValue("Elsewhere 5");
});

test("a video visit says how it works, and offers no way to a place", async ({ page }) => {
  await signIn(page, "patient");
  await page.goto("/find?kind=returning");
  await page.getByRole("link", { name: /Video consultation/ }).click();
  await days(page).last().click();
  await times(page).first().click();
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(h1(page, "Your visit is booked")).toBeVisible();
  await page.goto(page.url().replace("/booked", ""));
  await expect(page.getByText(/The link to join is here from 15 minutes before the visit/)).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: /Directions|Join/ })).toHaveCount(0);
  await cancelThis(page);
});
