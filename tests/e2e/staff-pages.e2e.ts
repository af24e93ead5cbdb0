import { type ACCOUNTS, expect, expectAccessible, type Page, signIn, test } from "../support/e2e";

type Who = Exclude<keyof typeof ACCOUNTS, "patient" | "parent">;

/** The pages of each role; a pattern is followed from the page before it, by its first such link. */
const PAGES: Record<Who, readonly (string | RegExp)[]> = {
  reception: [
    "/today",
    "/today?location=all",
    "/today?date=2030-01-01",
    "/appointments",
    "/appointments?when=past&sort=-start",
    "/appointments?q=nobodyhasthisname",
    "/appointments",
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
    /^\/calendar\/visits\/[0-9a-f-]{36}/,
    "/hours",
    "/appointments",
    "/patients",
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
    /^\/admin\/locations\/[0-9a-f-]{36}\/rooms\/new$/,
    "/admin/locations/new",
    "/admin/users",
    /^\/admin\/users\/[0-9a-f-]{36}$/,
    "/admin/users/new",
    "/admin/audit",
    "/admin/settings",
  ],
};

async function open(page: Page, target: string | RegExp): Promise<boolean> {
  if (typeof target === "string") return (await page.goto(target)) !== null;
  const hrefs = await page.locator("main a[href]").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  const href = hrefs.find((one) => one && target.test(one));
  if (!href) return false;
  await page.goto(href);
  return true;
}

/** What is wider than the window can only be read by scrolling sideways (WCAG 1.4.10). */
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const who of Object.keys(PAGES) as Who[]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`every page of ${who} is accessible in ${colorScheme} and fits its window @widths`, async ({
      page,
      allowErrors,
    }) => {
      test.setTimeout(240_000);
      allowErrors(/40[34] \((Forbidden|Not Found)\)/);
      await page.emulateMedia({ colorScheme });
      await signIn(page, who);
      for (const target of PAGES[who]) {
        expect(await open(page, target), `${target} is linked from ${page.url()}`).toBe(true);
        await expect(page.locator("h1").first()).toBeVisible();
        await expectAccessible(page);
        expect(await sideways(page), `${page.url()} runs over the side`).toBeLessThanOrEqual(0);
      }
    });
  }
}
