import { expect, type Page, signIn, test } from "../support/e2e";
import { days, expectSound, findTimes, h1, smallTargets, times } from "../support/portal";

const PUBLIC = [
  "/",
  "/find",
  "/find?kind=returning",
  "/help",
  "/privacy-notice",
  "/sign-in",
  "/sign-in?next=%2Fvisits&notice=verified",
  "/register",
  "/register/sent",
  "/verify",
  "/verify?token=x",
  "/reset",
  "/reset?token=x",
  "/reset/sent",
  "/invitation",
  "/invitation?token=x",
  "/nowhere",
];
const OWN = ["/visits", "/family", "/family/add", "/family/allow", "/profile", "/privacy", "/account"];
const VISIT = ["", "/booked", "/cancel", "/move"];

/** Addresses below the visit that comes next, and the refusal to cancel one that has been. */
async function visitPages(page: Page): Promise<string[]> {
  await page.goto("/visits");
  const links = await page
    .getByRole("main")
    .locator("a[href^='/visits/']")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const [next = "", last = ""] = [links[0], links.at(-1)];
  const below = (href: string, path: string) => href.replace("?", `${path}?`);
  return [...VISIT.map((path) => below(next, path)), last, below(last, "/cancel")];
}

async function eachPage(page: Page, paths: string[], look: (page: Page) => Promise<void>): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await look(page);
  }
}

const expectTargets = async (page: Page) => expect(await smallTargets(page), page.url()).toEqual([]);

test("every public page is sound in both themes, both directions and at every width", async ({ page, allowErrors }) => {
  test.slow();
  allowErrors(/404 \(Not Found\)/);
  await eachPage(page, PUBLIC, expectSound);
});

test("every step of finding a time is sound", async ({ page }) => {
  test.slow();
  await signIn(page, "parent");
  await page.goto("/find?kind=returning");
  await page.getByRole("link", { name: /General consultation/ }).click();
  await expect(h1(page, "Who is the visit for?")).toBeVisible();
  await expectSound(page);
  await page.getByRole("main").getByRole("link", { name: /you$/ }).first().click();
  await expect(h1(page, /Where would/)).toBeVisible();
  await expectSound(page);
  await page.getByRole("link", { name: /Any of these/ }).click();
  await expect(h1(page, "Choose a time")).toBeVisible();
  await expectSound(page);
  await days(page).nth(4).click();
  await times(page).last().click();
  await expect(h1(page, "Check your answers")).toBeVisible();
  await expectSound(page);
});

test("every page of a patient is sound in both themes, both directions and at every width", async ({ page }) => {
  test.slow();
  await signIn(page, "parent");
  await eachPage(page, [...OWN, ...(await visitPages(page))], expectSound);
});

test("everything that is pressed is as large as a finger @phone-only", async ({ page, allowErrors }) => {
  test.slow();
  allowErrors(/404 \(Not Found\)/);
  await eachPage(page, PUBLIC, expectTargets);
  await signIn(page, "parent");
  await eachPage(page, [...OWN, ...(await visitPages(page))], expectTargets);
});

test("help and the phone number stand at the same place on every page @widths", async ({ page, allowErrors }) => {
  allowErrors(/404 \(Not Found\)/);
  const places = new Set<string>();
  for (const path of ["/", "/find", "/help", "/register", "/nowhere"]) {
    await page.goto(path);
    const banner = page.getByRole("banner");
    for (const link of [banner.getByRole("link", { name: /^Call/ }), banner.getByRole("link", { name: "Help" })]) {
      const box = await link.boundingBox();
      places.add(`${Math.round(box?.x ?? -1)} ${Math.round(box?.y ?? -1)}`);
    }
  }
  expect([...places]).toHaveLength(2);
});

test("times that come later move nothing @widths", async ({ page }) => {
  // Later than half a second after the press, so that a shift would count.
  await page.route("**/find/slots?**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 900));
    await route.continue();
  });
  await findTimes(page, /General consultation/, /Riverside/, 2);
  await page.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift" });
  });
  await days(page).last().click();
  await expect(page.getByRole("status").filter({ hasText: "Loading times" })).toHaveCount(1);
  await expect(page.getByRole("status").filter({ hasText: /\d+ times? on / })).toHaveCount(1);
  await expect(times(page).first()).toBeVisible();
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.05);
});

test("on paper, only the visit is left", async ({ page }) => {
  await signIn(page, "patient");
  const [details = "", booked = ""] = await visitPages(page);
  for (const path of [details, booked]) {
    await page.goto(path);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const gone of [page.locator("nav"), page.getByRole("contentinfo"), page.getByRole("main").getByRole("button")])
      await expect(gone.filter({ visible: true })).toHaveCount(0);
    const ink = await page.getByRole("heading", { level: 1 }).evaluate((title) => getComputedStyle(title).color);
    expect(ink).not.toMatch(/oklch\(0\.9/);
    await page.emulateMedia({ media: "screen" });
  }
});
