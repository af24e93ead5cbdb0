import { expect, expectAccessible, signIn, test } from "../support/e2e";

test("an admin writes a message's words, sees them as they will look, tries them and takes them back", async ({
  page,
}) => {
  await signIn(page, "admin");
  await page.goto("/admin/texts");
  const row = page.getByRole("row", { name: /After the visit.*SMS/ });
  await expect(row).toContainText("Ours");
  await row.getByRole("link").click();

  const body = page.getByLabel("Text", { exact: true });
  await body.fill("Come again");
  await expect(page.getByText("This must be named: {link}")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("This must be named: {link}");
  await expect(body).toHaveValue("Come again");
  await body.fill("Come again: {link}");
  await expect(page.getByText(/^Come again: http/)).toBeVisible();
  await expect(page.getByText("1 short message", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It is sent from now on.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back to the original" }).click();
  await expect(page.getByText("Our own words are sent again.")).toBeVisible();
  await expect(body).toHaveValue(/^Thank you for coming/);

  await page.goto("/admin/texts/appointment.follow_up.email.en");
  const mail = page.frameLocator("iframe");
  await expect(mail.getByRole("heading", { name: "Thank you for coming" })).toBeVisible();
  await page.getByLabel("Text", { exact: true }).fill("Until next time, {patient} <script>alert(1)</script>");
  await expect(mail.getByText("Until next time, Maria <script>alert(1)</script>", { exact: true })).toBeVisible();
  // The page's policy keeps inline styles out, so the preview has to put them on by itself.
  await expect(mail.getByRole("link").first()).toHaveCSS("background-color", "rgb(15, 92, 92)");
  await page.getByRole("button", { name: "Send me a test" }).click();
  await expect(page.getByText("A test of the saved words is on its way")).toBeVisible();
});
