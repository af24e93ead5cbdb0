import { Secret, TOTP } from "otpauth";
import { expect, expectAccessible, PASSWORD, type Page, signInAsNewPatient, signInWith, test } from "../support/e2e";

const summary = "[data-slot=error-summary]";

/** A code of `secret` that was not used yet: of the next step where this one was. */
const used = new Set<string>();
async function freshCode(page: Page, secret: string): Promise<string> {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = [0, 30_000]
    .map((ahead) => totp.generate({ timestamp: Date.now() + ahead }))
    .find((one) => !used.has(one));
  if (!code) {
    await page.waitForTimeout(31_000);
    return freshCode(page, secret);
  }
  used.add(code);
  return code;
}

/** Chromium's own authenticator: a fingerprint that always fits. */
async function withAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test.describe.configure({ mode: "serial" });

test("an authenticator app is set up, asked for, replaced by a recovery code, and removed", async ({ page }) => {
  const email = await signInAsNewPatient(page);
  await page.goto("/profile");
  await page.getByRole("link", { name: "Look at sign-in and security" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign-in and security");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await page.waitForURL(/\/account\/authenticator/);
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  await expectAccessible(page);
  const secret = ((await page.locator(".font-mono").textContent()) ?? "").replaceAll(" ", "");
  await page.getByRole("textbox", { name: "Code" }).fill("000000");
  await page.getByRole("button", { name: "Confirm the code" }).click();
  await expect(page.locator(summary)).toBeFocused();
  await page.getByRole("textbox", { name: "Code" }).fill(await freshCode(page, secret));
  await page.getByRole("button", { name: "Confirm the code" }).click();
  await expect(page.getByRole("heading", { name: "Save your recovery codes" })).toBeFocused();
  await expectAccessible(page);
  const codes = await page.locator("ol.font-mono li").allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole("link", { name: "I have saved them" }).click();
  await expect(page.getByText(/^Set up on /)).toBeVisible();

  await page.context().clearCookies();
  await signInWith(page, email, "/family");
  await page.waitForURL(/\/sign-in\/code/);
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Code" }).fill("000000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.locator(summary)).toContainText("The code is not right");
  await page.getByRole("textbox", { name: "Code" }).fill(await freshCode(page, secret));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("/family");

  await page.context().clearCookies();
  await signInWith(page, email, "/account");
  await page.getByRole("textbox", { name: "Code" }).fill(codes[0] as string);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("/account");
  await expect(page.getByText("9 recovery codes are left.")).toBeVisible();

  await page.getByRole("button", { name: "Remove Authenticator app" }).click();
  await page.getByLabel("Password to sign in with from now on").fill("short");
  await page.getByRole("button", { name: "Remove it now" }).click();
  await expect(page.locator(summary)).toContainText("at least 15 characters");
  await page.getByLabel("Password to sign in with from now on").fill(PASSWORD);
  await page.getByRole("button", { name: "Remove it now" }).click();
  await expect(page.getByRole("status").filter({ hasText: "is removed" })).toBeVisible();
});

test("a passkey is added, named, signs in alone, and is removed", async ({ page, allowErrors }) => {
  await withAuthenticator(page);
  const email = await signInAsNewPatient(page);
  await page.goto("/account");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("link", { name: "I have saved them" }).click();
  await expect(page.getByText(/not used yet/)).toBeVisible();

  await page
    .getByRole("button", { name: /^Rename Chrome/ })
    .first()
    .click();
  await page.getByLabel("Name").fill("The desk’s key");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("button", { name: "Remove The desk’s key" })).toBeVisible();
  await expectAccessible(page);

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL("/visits");

  // The challenge was for that once: a password alone leads to the second step, where the passkey is asked for too.
  await page.context().clearCookies();
  await signInWith(page, email, "/account");
  await page.waitForURL(/\/sign-in\/code/);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL("/account");
  await page.getByRole("button", { name: "Remove The desk’s key" }).click();
  await page.getByLabel("Password to sign in with from now on").fill(PASSWORD);
  await page.getByRole("button", { name: "Remove it now" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The passkey is removed" })).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("status").filter({ hasText: "No passkey was used" })).toBeVisible();
  allowErrors(/NotAllowedError/);
});

test("a sign-in is named, and all others are ended @phone", async ({ page, browser, baseURL }) => {
  const other = await browser.newPage({ baseURL });
  const email = await signInAsNewPatient(page);
  await signInWith(other, email);
  await page.goto("/account#sessions");
  await expectAccessible(page);
  await page.getByRole("button", { name: "End all others" }).click();
  await expect(page.getByRole("status").filter({ hasText: "All other sign-ins have ended" })).toBeVisible();
  await expect(page.getByRole("button", { name: "End all others" })).toHaveCount(0);
  await other.waitForTimeout(1_100);
  await other.goto("/visits");
  await expect(other).toHaveURL(/\/sign-in/);
  await other.close();
});
