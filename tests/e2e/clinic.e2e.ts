import { readFile } from "node:fs/promises";
import { expect, expectAccessible, type Page, signIn, tabTo, test } from "../support/e2e";

/** A name that no other run has used. */
const newName = () => {
  const letters = Array.from({ length: 8 }, () => "abcdefghijklmnoprstuvz"[Math.floor(Math.random() * 22)]);
  return `Zu${letters.join("")}`;
};

/** The first service and day that have times, and its first time. */
async function chooseFirstTime(page: Page, service: string) {
  const select = page.getByLabel("Service", { exact: true });
  const option = await select.locator("option", { hasText: service }).first().getAttribute("value");
  await select.selectOption(option ?? "");
  await page.waitForURL(/service=/);
  // The last of the two weeks' days with times, so that nothing of today runs away from the test.
  await page
    .getByRole("link", { name: /, [0-9]+ free times?$/ })
    .last()
    .click();
  await page.waitForURL(/day=/);
  await page
    .getByRole("link", { name: /^(?!.*free).* with .*,/ })
    .last()
    .click();
  await page.waitForURL(/slot=/);
}

test("reception registers a patient, books for them and follows them through the door", async ({ page }) => {
  const family = newName();
  await signIn(page, "reception");
  await expect(page).toHaveURL(/\/today/);
  await expect(page.getByRole("heading", { name: /^Booked/ })).toBeVisible();
  await expectAccessible(page);

  await page.goto("/patients/new");
  await page.getByRole("button", { name: "Register a patient" }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("Enter the family name");
  await expectAccessible(page);
  await page.getByLabel("Given name").fill("=Ana");
  await page.getByLabel("Family name").fill(family);
  await page.getByLabel("Day", { exact: true }).fill("31");
  await page.getByLabel("Month", { exact: true }).fill("3");
  await page.getByLabel("Year", { exact: true }).fill("1980");
  await page.getByRole("button", { name: "Register a patient" }).click();
  await page.waitForURL(/\/patients\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`=Ana ${family}`);
  await expectAccessible(page);

  await page.goto("/patients/new");
  await page.getByLabel("Given name").fill(family);
  await page.getByLabel("Family name").fill("=Ana");
  await page.getByLabel("Day", { exact: true }).fill("31");
  await page.getByLabel("Month", { exact: true }).fill("3");
  await page.getByLabel("Year", { exact: true }).fill("1980");
  await page.getByRole("button", { name: "Register a patient" }).click();
  await expect(page.getByText("This may be somebody who is already here")).toBeVisible();
  await page.getByRole("link", { name: `=Ana ${family}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`=Ana ${family}`);

  await page.getByRole("link", { name: "Book a visit" }).click();
  await page.waitForURL(/\/book\?patientId=/);
  await chooseFirstTime(page, "Phone advice");
  await page.evaluate(() => window.scrollTo(0, 0));
  await expectAccessible(page);
  await page.getByRole("button", { name: "Book this visit" }).click();
  await page.waitForURL(/\/appointments\/[0-9a-f-]{36}\?done=booked/);
  await expect(page.getByText("The visit is booked.")).toBeVisible();
  await expectAccessible(page);

  const reference = await page.getByRole("navigation", { name: "You are here" }).locator("li").last().textContent();
  await page.getByRole("button", { name: "Check in" }).click();
  await expect(page.getByRole("button", { name: "Start visit" })).toBeVisible();
  await expect(page.getByText("Status changed: Checked in")).toBeVisible();

  await page.getByRole("searchbox", { name: "Search patients and visits" }).fill(reference ?? "");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/appointments\//);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(family);

  // What a spreadsheet would run as a formula comes as text, and only the filtered rows are there.
  await page.goto(`/appointments?q=${family}`);
  await expect(page.getByText("1 to 1 of 1")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`'=Ana ${family}`);
});

test("the desk finds a patient, books, checks in and cancels by keyboard alone", async ({ page }) => {
  test.slow();
  const press = async (target: ReturnType<Page["locator"]>) => {
    await tabTo(page, target);
    await page.keyboard.press("Enter");
  };
  const main = page.getByRole("main");
  const book = async () => {
    await press(main.getByRole("link", { name: "Book a visit" }));
    await page.waitForURL(/\/book\?patientId=/);
    await tabTo(page, page.getByLabel("Service", { exact: true }));
    await page.keyboard.type("Phone advice");
    await page.keyboard.press("Enter");
    await page.waitForURL(/service=/);
    await press(main.getByRole("link", { name: /, [0-9]+ free times?$/ }).last());
    await page.waitForURL(/day=/);
    await press(main.getByRole("link", { name: /^(?!.*free).* with .*,/ }).last());
    await page.waitForURL(/slot=/);
    await press(page.getByRole("button", { name: "Book this visit" }));
    await page.waitForURL(/\/appointments\/[0-9a-f-]{36}\?done=booked/);
    await expect(page.getByText("The visit is booked.")).toBeVisible();
  };
  await signIn(page, "reception");
  await page.goto("/today");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search patients and visits" })).toBeFocused();
  await page.keyboard.type("P-000011");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/(search|patients\/)/);
  if (page.url().includes("/search")) await press(main.getByRole("link", { name: /\w/ }).first());
  await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
  const patient = page.url();

  await book();
  await press(page.getByRole("button", { name: "Check in" }));
  await expect(page.getByText("Status changed: Checked in")).toBeVisible();

  await page.goto(patient);
  await book();
  await press(main.locator("summary").filter({ hasText: "Cancel" }));
  await press(page.getByRole("button", { name: "Cancel visit" }));
  await expect(page.getByText(/^Cancelled/).first()).toBeVisible();
});

test("a time that is not offered is explained, and taken with a reason only", async ({ page }) => {
  await signIn(page, "reception");
  await page.goto("/book?q=P-000009");
  await expectAccessible(page);
  await page.getByRole("link", { name: /^Book for / }).click();
  await chooseFirstTime(page, "Phone advice");
  await page.getByText("Why isn’t a time offered?").click();
  const ask = page.locator("#ask");
  await ask.getByLabel("Time, for example 14:30").fill("04:35");
  await ask.getByRole("button", { name: "Explain" }).click();
  await expect(ask.getByText("It is outside the working hours there.")).toBeVisible();
  // What lies half under the bar at the top is no finding.
  await page.evaluate(() => window.scrollTo(0, 0));
  await expectAccessible(page);
  await ask.getByRole("button", { name: "Take this time" }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("Say why this time is taken all the same");
  await ask.getByLabel("Why this time all the same").fill("The doctor agreed on the telephone");
  await ask.getByRole("button", { name: "Take this time" }).click();
  await page.waitForURL(/done=booked/);
  await expect(page.getByText("The doctor agreed on the telephone")).toBeVisible();
  await expect(page.getByText("Booked: outside the rules")).toBeVisible();

  await page.getByRole("link", { name: "Move to another time" }).click();
  await page.waitForURL(/\/move/);
  await page
    .getByRole("link", { name: /, [0-9]+ free times?$/ })
    .last()
    .click();
  await page.waitForURL(/day=/);
  await page
    .getByRole("link", { name: /^(?!.*free).* with .*,/ })
    .last()
    .click();
  await page.waitForURL(/slot=/);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expectAccessible(page);
  await page.getByRole("button", { name: "Move this visit" }).click();
  await page.waitForURL(/done=moved/);
  await page.getByText("Cancel this visit").click();
  await page.getByRole("button", { name: "Cancel visit" }).click();
  await page.waitForURL(/done=cancelled/);
  await expect(page.getByText("This visit is over")).toBeVisible();
});

test("filters and order live in the address, and Back takes them back @widths", async ({ page }) => {
  await signIn(page, "reception");
  await page.goto("/appointments");
  await expectAccessible(page);
  const more = page.getByRole("button", { name: "More filters" });
  if (await more.isVisible()) await more.click();
  await page.getByRole("form", { name: "Filters" }).getByLabel("Location").selectOption({ index: 1 });
  await expect(page).toHaveURL(/location=/);
  const all = page.url();
  await page.goto(`${all}&status=cancelled&sort=patient`);
  await expect(page.locator("[data-status=cancelled]").first()).toBeVisible();
  await expect(page.locator("tbody [data-status]:not([data-status=cancelled])")).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(all);
  await expect(page.locator("tbody [data-status]:not([data-status=cancelled])").first()).toBeVisible();
  await page.goto("/appointments?q=nobodyhasthisname");
  await expect(page.getByText("Nothing matches these filters")).toBeVisible();
  await page.goto("/patients?q=P-000001");
  await expect(page.getByText("1 to 1 of 1")).toBeVisible();
  await expectAccessible(page);
});

test("an admin invites staff, changes a service and reads the figures", async ({ page }) => {
  await signIn(page, "admin");
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible();
  await expect(page.locator("figure svg.recharts-surface").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Range", { exact: true }).selectOption("all");
  await page.waitForURL(/range=all/);
  await page.getByText("Show the figures as a table").first().click();
  await expectAccessible(page);

  await page.goto("/admin/users/new");
  const name = newName();
  await page.getByLabel("Name", { exact: true }).fill(`Kim ${name}`);
  await page.getByLabel("Email").fill("admin@demo.test");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("that has no account yet");
  await page.getByLabel("Email").fill(`${name.toLowerCase()}@demo.test`);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await page.waitForURL(/done=invited/);
  await page.goto(`/admin/users?q=${name}`);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Invited");
  await expectAccessible(page);

  // The only admin who can sign in stays one.
  await page.goto("/admin/users?q=admin%40demo.test");
  await page.locator("[data-row-link]").first().click();
  await page.waitForURL(/\/users\/[0-9a-f-]{36}/);
  await page.getByLabel("Role", { exact: true }).selectOption("receptionist");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("This is the last administrator");
  await expectAccessible(page);

  await page.goto("/admin/services");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Vaccination" }).click();
  await page.getByLabel("Length in minutes").fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("The length must be 1 to 1,440");
  await expectAccessible(page);
  await page.getByLabel("Length in minutes").fill("10");
  await page.getByLabel("Notice", { exact: true }).fill("3");
  await page.getByLabel("Unit of Notice").selectOption("hours");
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/done=saved/);
  await expect(page.getByRole("row", { name: /Vaccination/ })).toContainText("3 hours");

  for (const path of ["/admin/audit?table=services", "/admin/settings", "/admin/locations", "/admin/doctors"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  await page
    .getByRole("link", { name: /Hours of/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hours of");
  await expectAccessible(page);
  await page.goto("/admin/doctors/new");
  await expectAccessible(page);
  await page.goto("/admin/locations");
  await page.locator("tbody a").first().click();
  await expect(page.getByRole("heading", { name: "Rooms" })).toBeVisible();
  await expectAccessible(page);
});

test("pages say so to accounts that they are not for", async ({ page, allowErrors }) => {
  allowErrors(/403 \(Forbidden\)/);
  await signIn(page, "doctor");
  for (const path of ["/today", "/admin", "/admin/users"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(403);
    await expect(page.getByRole("heading", { name: "This page is not for your account" })).toBeVisible();
  }
  await expectAccessible(page);
  for (const path of ["/appointments", "/patients", "/book"]) expect((await page.goto(path))?.status(), path).toBe(200);
  await page.context().clearCookies();
  await signIn(page, "patient");
  for (const path of ["/appointments", "/patients", "/admin"]) {
    expect((await page.goto(path))?.status(), path).toBe(403);
  }
  for (const path of ["/appointments/export", "/appointments/doctors"])
    expect((await page.request.get(path)).status(), path).toBe(403);
});
