import { ACCOUNTS, expect, expectAccessible, PASSWORD, type Page } from "./e2e";

export const summary = "[data-slot=error-summary]";
export const days = (page: Page) => page.getByRole("list", { name: "Days" }).getByRole("link");
export const times = (page: Page) => page.locator("button[name=slot]");
export const h1 = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
export const reasonBox = (page: Page) => page.getByLabel("Anything that the doctor should know?");

/** From the first question to the free times of one day; the days differ from test to test, as all share one clinic. */
export async function findTimes(page: Page, service: RegExp, place: RegExp, day: number): Promise<void> {
  await page.goto("/find?kind=returning");
  await page.getByRole("link", { name: service }).click();
  await page.getByRole("link", { name: place }).click();
  await expect(h1(page, "Choose a time")).toBeVisible();
  const wanted = days(page).nth(day);
  const name = (await wanted.locator(".sr-only").textContent()) ?? "";
  await wanted.click();
  await expect(page.getByRole("heading", { level: 3, name: name.split(",")[0] })).toBeVisible();
  await expect(times(page).first()).toBeVisible();
}

/** Takes a time of the last day shown: far enough away that the visit can be cancelled still. */
export async function takeLastDay(page: Page): Promise<void> {
  await days(page).last().click();
  await expect(days(page).last()).toHaveAttribute("aria-current", "date");
  await times(page).first().click();
}

export async function passSignIn(page: Page, account: keyof typeof ACCOUNTS): Promise<void> {
  await page.getByLabel("Email").fill(ACCOUNTS[account]);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function cancelThis(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Cancel visit" }).click();
  await expect(h1(page, "Cancel this visit?")).toBeVisible();
  await page.getByRole("button", { name: "Cancel the visit" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The visit is cancelled" })).toBeVisible();
}

/** How many pixels of the page lie beside the screen. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** axe in light and dark; nothing beside the screen on small phones, at 200 % zoom of a laptop, and from right to left. */
export async function expectSound(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1440, height: 900 };
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, "colours");
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  for (const dir of ["ltr", "rtl"]) {
    await page.evaluate((value) => document.documentElement.setAttribute("dir", value), dir);
    for (const width of [320, 360, 720, 1440]) {
      await page.setViewportSize({ width, height: size.height });
      expect(await overflow(page), `${page.url()} ${dir} at ${width} px`).toBe(0);
    }
  }
  await page.evaluate(() => document.documentElement.setAttribute("dir", "ltr"));
  await page.setViewportSize(size);
}

/** What can be pressed on the page and is smaller than a finger: 44 px each way. Links within a sentence are text. */
export const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const small: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")) {
      if (!element.checkVisibility({ visibilityProperty: true }) || getComputedStyle(element).display === "inline")
        continue;
      // A radio or a box is pressed by its whole row.
      const target = element.matches("[type=radio], [type=checkbox]") ? element.parentElement : element;
      const { width, height } = (target ?? element).getBoundingClientRect();
      // For screen readers, or shown on focus alone.
      const isHidden = width <= 1 || height <= 1 || getComputedStyle(element).clipPath !== "none";
      if (!isHidden && (width < 43.5 || height < 43.5))
        small.push(`${element.textContent?.trim() || element.getAttribute("name")}: ${width} x ${height}`);
    }
    return small;
  });
