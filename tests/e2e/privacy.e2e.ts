import { readFile } from "node:fs/promises";
import { expect, expectAccessible, type Page, signIn, signInAsNewPatient, test } from "../support/e2e";

const status = (page: Page) => page.getByRole("status").filter({ hasText: /\S/ }).first();

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
  return readFile(await file.path(), "utf8");
}

test("a patient gets their data, agrees and takes it back, and is erased by an admin who looked first", async ({
  page,
  browser,
}) => {
  const email = await signInAsNewPatient(page);
  await page.goto("/profile");
  await page.getByRole("link", { name: "Look at your data and choices" }).click();
  await expectAccessible(page);

  const whole = JSON.parse(await download(page, "Download for a computer program (JSON)"));
  expect(whole.patient.email).toBe(email);
  expect(whole.consents).toMatchObject([{ kind: "privacy_notice", place: "registration" }]);
  const file = await download(page, "Download to read and print");
  expect(file).toContain(email);
  expect(file).not.toContain("<script");

  await page.getByRole("button", { name: "I agree" }).click();
  await expect(status(page)).toHaveText("Noted: you agree.");
  await page.getByRole("button", { name: "Take back" }).click();
  await expect(status(page)).toHaveText("Noted: you no longer agree.");
  await expect(page.getByText(/^Taken back on /)).toBeVisible();
  await page.getByRole("button", { name: "Ask the clinic to erase my data" }).click();
  await expect(status(page)).toHaveText("Your request is with the clinic.");
  await expect(page.getByText(/^You asked on /)).toBeVisible();

  const context = await browser.newContext();
  const admin = await context.newPage();
  await signIn(admin, "admin");
  await admin.goto(`/admin/privacy/${whole.patient.id}`);
  await expect(admin.getByRole("heading", { name: "What an erasure would do now" })).toBeVisible();
  await expect(admin.getByText("This is a dry run: nothing was changed.")).toBeVisible();
  await expectAccessible(admin);
  await admin.getByLabel("Record number").fill("P-0");
  await admin.getByRole("button", { name: "Erase for good" }).click();
  await expect(admin.locator("[data-slot=error-summary]")).toContainText("Enter this patient’s record number");
  await admin.getByLabel("Record number").fill(whole.patient.recordNumber);
  await admin.getByRole("button", { name: "Erase for good" }).click();
  await expect(status(admin)).toContainText("Erased.");
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText("Privacy of Erased patient");
  await admin.goto("/admin/privacy");
  await expect(admin.getByRole("link", { name: "Erased patient" }).first()).toBeVisible();
  await expectAccessible(admin);
  await context.close();

  await page.goto("/privacy");
  await expect(page).toHaveURL(/\/sign-in/);
});
