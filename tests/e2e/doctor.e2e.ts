import type { Locator } from "@playwright/test";
import { expect, expectAccessible, type Page, signIn, test } from "../support/e2e";

const DAY_MS = 86_400_000;
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const panel = (page: Page) => page.locator("[data-slot=sheet]");
const dialog = (page: Page) => page.locator("[data-slot=dialog]");
const booked = (page: Page) => page.locator("main").getByRole("button", { name: /^\d.* to .*, Booked$/ });
const named = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true });
/** The grid is drawn in the browser; keys work from then on. */
const drawn = (page: Page) => expect(page.locator("main [data-slot=skeleton]")).toHaveCount(0);

/** The Monday, Tuesday ... so many weeks from now, as a date. */
function weekdayAhead(weekday: number, weeks: number): string {
  const now = new Date();
  const monday = now.getTime() - ((now.getUTCDay() + 6) % 7) * DAY_MS;
  return new Date(monday + (weeks * 7 + weekday - 1) * DAY_MS).toISOString().slice(0, 10);
}

/** Shows a day that has visits enough for a move and a conflict. */
async function openBusyDay(page: Page): Promise<string> {
  for (const weekday of [1, 2, 3, 4, 5]) {
    const date = weekdayAhead(weekday, 1);
    await page.goto(`/calendar?view=day&date=${date}`);
    await expect(page.getByRole("status").filter({ hasText: /visits?,/ })).toHaveCount(1);
    await drawn(page);
    if ((await booked(page).count()) >= 2) return date;
  }
  throw new Error("next week has no day with two visits");
}

const startOf = async (event: Locator) => (await event.locator(".figures").first().textContent()) ?? "";

test("a doctor is led to the calendar, and goes through time by keys and by address @widths", async ({ page }) => {
  await signIn(page, "doctor");
  await expect(page).toHaveURL(/\/calendar$/);
  await expect(page.getByRole("heading", { name: "Next patient" })).toBeVisible();
  await expect(page.locator("aside ol > li")).not.toHaveCount(0);
  await expectAccessible(page);

  const monday = weekdayAhead(1, 0);
  await page.goto(`/calendar?view=day&date=${monday}`);
  await expect(heading(page)).toHaveText(/^Monday /);
  await drawn(page);
  await page.keyboard.press("j");
  await expect(heading(page)).toHaveText(/^Tuesday /);
  await page.keyboard.press("w");
  await expect(page).toHaveURL(new RegExp(`view=week&date=${weekdayAhead(2, 0)}`));
  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`date=${weekdayAhead(2, 1)}`));
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/view=agenda/);
  await expect(page.locator("main section > ul > li button").first()).toBeVisible();
  await expectAccessible(page);
  await page.goBack();
  await expect(page).toHaveURL(/view=week/);

  await page.keyboard.press("?");
  await expect(dialog(page)).toContainText("Keyboard shortcuts");
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/view=week/);
  await page.getByLabel("Use keyboard shortcuts").uncheck();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/view=week/);

  await page.goto("/calendar?view=agenda");
  const row = page.locator("main section > ul > li button").first();
  await row.press("Enter");
  await expect(page.locator("[data-slot=sheet]")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(row).toBeFocused();
});

test("a status changed on one screen shows on the other, and names can be hidden", async ({ page, context }) => {
  await signIn(page, "doctor");
  const waiting = page.locator("aside ol button").filter({ hasText: "Booked" }).last();
  const name = (await waiting.locator(".truncate").textContent()) ?? "";
  const other = await context.newPage();
  await other.goto("/calendar");

  await waiting.click();
  await expect(panel(page)).toContainText("Date of birth");
  await expect(panel(page)).toContainText("A visit can be marked as no-show once it has begun.");
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "Mark as arrived" }).click();
  await expect(panel(page).locator("[data-slot=status-badge]")).toHaveText("Arrived");
  await expect(panel(page)).toContainText("by you");
  await expect(page.getByText(`${name}: Arrived`)).toBeVisible();

  await other.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(other.locator("aside ol button").filter({ hasText: name }).last()).toContainText("Arrived");
  await other.getByRole("button", { name: "Hide names" }).click();
  await expect(other.locator("main")).not.toContainText(name);
  await other.getByRole("button", { name: "Hide names" }).click();

  await page.getByRole("link", { name: "Open the visit's own page" }).click();
  await expect(heading(page)).toHaveText(name);
  await expectAccessible(page);
});

test("a visit moves by the dialog, and back by Undo", async ({ page }) => {
  await signIn(page, "doctor");
  await openBusyDay(page);
  const before = (await booked(page).first().locator(".sr-only").textContent()) ?? "";
  await booked(page).first().click();
  await panel(page).getByRole("button", { name: "Move", exact: true }).click();
  const time = dialog(page).locator("li button").last();
  await expect(time).toBeVisible();
  await expectAccessible(page);
  const to = ((await time.textContent()) ?? "").trim();
  await time.click();
  await expect(dialog(page)).toContainText("will be told at once");
  await dialog(page).getByRole("button", { name: "Move and tell" }).click();
  await expect(page.getByText(/^Moved to /)).toBeVisible();
  await expect(booked(page).filter({ hasText: to })).toHaveCount(1);
  await expect(named(page, before)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(named(page, before)).toHaveCount(1);
});

test("a visit dropped on another says why it cannot be there, and snaps back", async ({ page }) => {
  await signIn(page, "doctor");
  await openBusyDay(page);
  const [dragged, taken] = [booked(page).nth(0), booked(page).nth(1)];
  const before = await startOf(dragged);
  const [from, to] = [await dragged.boundingBox(), await taken.boundingBox()];
  if (!from || !to) throw new Error("the visits are not on the screen");
  await page.mouse.move(from.x + 60, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 20, { steps: 4 });
  await page.mouse.move(to.x + 60, to.y + 6, { steps: 8 });
  await page.mouse.up();
  await expect(dialog(page)).toContainText("Move this visit?");
  await dialog(page).getByRole("button", { name: "Move and tell" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("The doctor has another visit then.");
  await expect(dialog(page).getByRole("alert")).toContainText("Nearest free times");
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Leave it where it is" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(booked(page).nth(0).locator(".figures").first()).toHaveText(before);
});

test("a lost connection is said, and the calendar catches up by itself", async ({ page, context, allowErrors }) => {
  allowErrors(/ERR_INTERNET_DISCONNECTED/);
  await signIn(page, "doctor");
  await drawn(page);
  await context.setOffline(true);
  await expect(page.getByText("No connection")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("No connection")).toHaveCount(0);
});

test("leave names the visits that fall into it, and can be taken back; hours that overlap are refused @widths", async ({
  page,
}) => {
  await signIn(page, "doctor");
  const date = await openBusyDay(page);
  const visits = await booked(page).count();
  await page.goto("/hours");
  await page.getByLabel("First day").last().fill(date);
  await page.getByLabel("Last day").last().fill(date);
  await page.getByLabel("Reason").fill("Training course");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const leave = page.locator("li").filter({ hasText: "Training course" });
  await expect(leave).toContainText("into this leave");
  expect(await leave.locator("li a").count()).toBeGreaterThanOrEqual(visits);
  await expectAccessible(page);
  await leave.getByRole("button", { name: "Take back" }).click();
  await expect(leave).toHaveCount(0);

  await page.getByRole("button", { name: "Add hours on Monday" }).click();
  const added = page.getByRole("group", { name: /^Monday, / }).last();
  await added.getByLabel("From", { exact: true }).fill("09:00");
  await added.getByLabel("To", { exact: true }).fill("10:00");
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("These hours overlap others of the same day");
  await added.getByLabel("From", { exact: true }).fill("18:00");
  await added.getByLabel("To", { exact: true }).fill("19:00");
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("The hours have been saved.")).toBeVisible();
  await page.getByRole("button", { name: "Remove Monday 18:00 to 19:00" }).click();
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("There are changes that are not saved yet.")).toHaveCount(0);
});

test("reception may not open a doctor's calendar", async ({ page, allowErrors }) => {
  allowErrors(/403/);
  await signIn(page, "reception");
  await page.goto("/calendar");
  await expect(heading(page)).toHaveText("This page is not for your account");
  const answer = await page.request.get(
    "/calendar/visits?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&timeZone=UTC",
  );
  expect(answer.status()).toBe(403);
});
