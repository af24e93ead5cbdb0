import { type ACCOUNTS, expect, expectAccessible, type Page, signIn, test } from "../support/e2e";

type Who = Exclude<keyof typeof ACCOUNTS, "patient" | "parent">;

/** The pages of each role; a pattern is followed from the page before it, by its first such link, which `{id}` stands for too. */
const PAGES: Record<Who, readonly (string | RegExp)[]> = {
  reception: [
    "/today",
    "/messages",
    "/waitlist",
    "/waitlist?when=all&offer=declined&sort=-since",
    "/recalls?when=all",
    "/recalls?contact=phone&sort=patient",
    "/today?location=all",
    "/today?date=2030-01-01",
    "/appointments",
    "/appointments?when=past&sort=-start",
    "/appointments?q=nobodyhasthisname",
    "/appointments?status=booked",
    /^\/appointments\/[0-9a-f-]{36}\/move$/,
    "/appointments",
    /^\/appointments\/[0-9a-f-]{36}$/,
    "/patients",
    /^\/patients\/[0-9a-f-]{36}$/,
    /^\/patients\/[0-9a-f-]{36}\/edit$/,
    "/patients/new",
    "/search?q=smith",
    "/search?q=nobodyhasthisname",
    "/book",
    "/nowhere",
    "/admin",
  ],
  doctor: [
    "/calendar?view=day",
    "/calendar?view=week",
    "/calendar?view=agenda",
    "/hours",
    "/patients",
    "/appointments",
    "/calendar/visits/{id}",
  ],
  admin: [
    "/admin",
    "/admin/doctors",
    /^\/admin\/doctors\/[0-9a-f-]{36}$/,
    "/admin/doctors",
    /^\/admin\/doctors\/[0-9a-f-]{36}\/hours$/,
    "/admin/doctors/new",
    "/admin/services",
    /^\/admin\/services\/[0-9a-f-]{36}$/,
    "/admin/services/new",
    "/admin/locations",
    /^\/admin\/locations\/[0-9a-f-]{36}$/,
    /^\/admin\/locations\/[0-9a-f-]{36}\/rooms\/[0-9a-f-]{36}$/,
    "/admin/locations",
    /^\/admin\/locations\/[0-9a-f-]{36}$/,
    /^\/admin\/locations\/[0-9a-f-]{36}\/rooms\/new$/,
    "/admin/locations/new",
    "/admin/recalls",
    /^\/admin\/recalls\/[0-9a-f-]{36}$/,
    "/admin/recalls/new",
    "/admin/texts",
    "/admin/texts/appointment.reminder.sms.en",
    "/admin/texts/appointment.booked.email.en",
    "/admin/texts/appointment.recall_due.sms.en",
    "/admin/users",
    /^\/admin\/users\/[0-9a-f-]{36}$/,
    "/admin/users/new",
    "/admin/audit",
    "/admin/audit/access",
    "/admin/audit/emergency",
    "/admin/privacy",
    "/admin/settings",
  ],
};

const ID = /[0-9a-f-]{36}/;

async function addressOf(page: Page, target: string | RegExp): Promise<string | undefined> {
  if (typeof target === "string" && !target.includes("{id}")) return target;
  const links = page.locator("main a[href]");
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  if (target instanceof RegExp) return hrefs.find((href) => target.test(href));
  const id = hrefs.map((href) => ID.exec(href)?.[0]).find(Boolean);
  return id && target.replace("{id}", id);
}

/** What is wider than the window can only be read by scrolling sideways (WCAG 1.4.10). */
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const who of Object.keys(PAGES) as Who[]) {
  test(`every page of ${who} is accessible in light and dark and fits its window @widths`, async ({
    page,
    allowErrors,
  }, { project }) => {
    test.setTimeout(240_000);
    // axe asks the preview of a mail to run its script, which that refuses, as it should.
    allowErrors(/40[34] \((Forbidden|Not Found)\)/, /Blocked script execution in 'about:srcdoc'/);
    await signIn(page, who);
    for (const target of PAGES[who]) {
      const address = await addressOf(page, target);
      expect(address, `${target} is linked from ${page.url()}`).toBeDefined();
      await page.goto(address ?? "");
      await expect(page.locator("h1").first()).toBeVisible();
      await expectAccessible(page);
      expect(await sideways(page), `${page.url()} runs over the side`).toBeLessThanOrEqual(0);
      // Colours are the same at every width.
      if (project.name !== "desktop") continue;
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page, "colours");
      await page.emulateMedia({ colorScheme: "light" });
    }
  });
}
