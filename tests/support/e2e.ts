import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

export { expect, type Page } from "@playwright/test";

export const PASSWORD = "demo-clinic-2026!";

/** The demo clinic's accounts. */
export const ACCOUNTS = {
  patient: "patient@demo.test",
  parent: "parent@demo.test",
  doctor: "doctor@demo.test",
  reception: "reception@demo.test",
  admin: "admin@demo.test",
} as const;

type Fixtures = {
  /** Names errors that this test provokes; all others in the console, CSP violations among them, fail it. */
  allowErrors: (...patterns: RegExp[]) => void;
};

export const test = base.extend<Fixtures>({
  allowErrors: [
    async ({ context }, use) => {
      const allowed: RegExp[] = [];
      const seen: string[] = [];
      context.on("weberror", (error) => seen.push(`uncaught: ${error.error().stack ?? error.error().message}`));
      context.on("console", (message) => {
        if (message.type() !== "error") return;
        seen.push(`console: ${message.text()} (${message.location().url}, on ${message.page()?.url()})`);
      });
      await use((...patterns) => void allowed.push(...patterns));
      expect(
        seen.filter((error) => !allowed.some((pattern) => pattern.test(error))),
        "errors in the browser's console",
      ).toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs in through the form and waits until it is left behind. */
export async function signIn(page: Page, account: keyof typeof ACCOUNTS): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(ACCOUNTS[account]);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** Signs in an account of this test's own, which no other test looks at: a new patient, who has opened the link in the mail. */
export async function signInAsNewPatient(page: Page): Promise<string> {
  const email = `e2e-${Date.now()}-${Math.random().toString(36).slice(2, 8)}@demo.test`;
  const person = { email, password: PASSWORD, givenName: "Ina", familyName: "Berg", dateOfBirth: "1990-02-28" };
  const registered = await page.request.post("/api/v1/auth/register", { data: person });
  expect(registered.status()).toBe(202);
  const mail = page.locator("li").filter({ hasText: email }).first();
  await expect(async () => {
    await page.goto("/dev/messages");
    await expect(mail).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  const token = /verify\?token=([\w%-]+)/.exec((await mail.innerHTML()).replaceAll("&amp;", "&"))?.[1];
  const verified = await page.request.post("/api/v1/auth/verify-email", { data: { token } });
  expect(verified.status()).toBe(204);
  await signInWith(page, email);
  return email;
}

/** Types an address and the password of all test accounts, and leaves what comes of it to the test. */
export async function signInWith(page: Page, email: string, next = "/visits"): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** Moves on with Tab alone, as somebody does who cannot see a pointer. */
export async function tabTo(page: Page, target: ReturnType<Page["locator"]>): Promise<void> {
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 500 && !(await isThere()); step++) await page.keyboard.press("Tab");
  await expect(target).toBeFocused();
}

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails with each finding and where it is, if axe finds anything at WCAG 2.2 AA on the page as it stands: in everything, or in its colours alone. */
export async function expectAccessible(page: Page, look: "everything" | "colours" = "everything"): Promise<void> {
  // On the way from page to page the title comes after the rest.
  await expect(page).toHaveTitle(/./);
  // Our pages frame nobody else's; without this axe opens a second page for what it found.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (look === "colours" ? axe.withRules("color-contrast") : axe.withTags(WCAG)).analyze();
  const findings = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`),
  );
  expect(findings, `axe on ${page.url()}`).toEqual([]);
}
