import type { APIRequestContext, Browser } from "@playwright/test";
import { ACCOUNTS, expect, expectAccessible, PASSWORD, type Page, signInAsNewPatient, test } from "../support/e2e";
import { h1, smallTargets } from "../support/portal";

/** As `email` over REST; what is refused fails the test. */
async function caller(request: APIRequestContext, email: string) {
  const signedIn = await request.post("/api/v1/auth/token", { data: { email, password: PASSWORD } });
  const { accessToken } = await signedIn.json();
  return async (method: "GET" | "POST" | "PUT", path: string, data?: object) => {
    const answer = await request.fetch(`/api/v1${path}`, {
      ...{ method, headers: { authorization: `Bearer ${accessToken}` } },
      ...(data ? { data } : {}),
    });
    const body = await answer.json();
    expect(answer.ok(), `${method} ${path}: ${JSON.stringify(body)}`).toBe(true);
    return body;
  };
}

const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Half an hour of one doctor's on the first day, which somebody has booked; a week later there is more. */
const [FULL_DAY, LATER_DAY] = [dayAhead(10), dayAhead(18)];

/** A service and a doctor of this test's own, so that no other test takes the time; the one time of a day is booked. */
async function bookedOut(request: APIRequestContext) {
  const admin = await caller(request, ACCOUNTS.admin);
  const name = `Sleep advice ${Date.now()}`;
  const service = await admin("POST", "/services", { name, durationMinutes: 30, modality: "phone" });
  const place = (await admin("GET", "/locations")).items[0];
  const doctor = await admin("POST", "/doctors", {
    ...{ name: "Dr. Nora Lindqvist", email: `lindqvist-${Date.now()}@demo.test` },
    ...{ serviceIds: [service.id], locationIds: [place.id] },
  });
  const rule = (date: string, end: string) => ({
    ...{ locationId: place.id, weekday: new Date(date).getUTCDay() || 7, start: "10:00", end },
    ...{ validFrom: date, validUntil: date },
  });
  await admin("PUT", `/doctors/${doctor.id}/schedule`, { rules: [rule(FULL_DAY, "10:30"), rule(LATER_DAY, "12:00")] });
  const query = `/slots?serviceId=${service.id}&from=${FULL_DAY}&to=${FULL_DAY}`;
  const [slot] = (await admin("GET", query)).items;
  const other = await admin("POST", "/patients", { givenName: "Odd", familyName: "Holm", dateOfBirth: "1971-05-04" });
  const visit = await admin("POST", "/appointments", {
    ...{ serviceId: service.id, doctorId: doctor.id, start: slot.start, patientId: other.id },
  });
  return { name, serviceId: service.id as string, cancel: () => admin("POST", `/appointments/${visit.id}/cancel`, {}) };
}

/** A new patient with no quiet hours: the clock on the wall is not this test's matter. */
async function newPatient(page: Page) {
  const email = await signInAsNewPatient(page);
  const self = await caller(page.request, email);
  await self("PUT", "/me/notification-preferences", { quietHours: { from: "00:00", until: "00:00" } });
  return { email, self };
}

/** The link in the message about the offer, as the preview of messages shows it. */
async function offerLink(page: Page, email: string): Promise<string> {
  const mail = page.locator("li").filter({ hasText: email }).filter({ hasText: "A time has become free" }).first();
  await expect(async () => {
    await page.goto("/dev/messages");
    await expect(mail).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 90_000 });
  return /\/visits\?offer=[\w-]+/.exec(await mail.innerHTML())?.[0] ?? "";
}

async function secondPage(browser: Browser, page: Page): Promise<Page> {
  const context = await browser.newContext({ viewport: page.viewportSize(), isMobile: true, hasTouch: true });
  return context.newPage();
}

test("a freed time is offered to two who wait: the first has it, the other is told so kindly @phone-only", async ({
  page,
  browser,
}) => {
  const { name, serviceId, cancel } = await bookedOut(page.request);
  const { email } = await newPatient(page);
  await page.goto(`/find?kind=returning&service=${serviceId}&place=any&from=${FULL_DAY}&day=${FULL_DAY}`);
  await expect(page.getByRole("heading", { name: "No free times on these days" })).toBeVisible();
  await page.getByRole("button", { name: "Join the waiting list" }).click();
  await expect(page.getByRole("status").filter({ hasText: "You are on the waiting list" })).toBeVisible();
  const waiting = page.getByRole("region", { name: "Waiting list" });
  await expect(waiting).toContainText(name);

  const rivalPage = await secondPage(browser, page);
  const rival = await newPatient(rivalPage);
  await rival.self("POST", "/waitlist", { serviceId, from: FULL_DAY, to: FULL_DAY });
  await cancel();

  await page.goto(await offerLink(page, email));
  await expect(waiting.getByRole("heading", { name: "This time has become free" })).toBeVisible();
  await expectAccessible(page);
  expect(await smallTargets(page)).toEqual([]);
  const late = await offerLink(rivalPage, rival.email);
  await waiting.getByRole("button", { name: "Take this time" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The visit is booked" })).toBeVisible();
  await expect(page.getByText("Dr. Nora Lindqvist").first()).toBeVisible();
  await expect(waiting).toBeHidden();

  await rivalPage.goto(late);
  const told = rivalPage.getByRole("status").filter({ hasText: "We are sorry: this time is gone" });
  await expect(told).toBeVisible();
  await expectAccessible(rivalPage);
  expect(await smallTargets(rivalPage)).toEqual([]);
  await expect(rivalPage.getByRole("region", { name: "Waiting list" })).toContainText(name);
  await told
    .getByRole("link", { name: /Dr. Nora Lindqvist/ })
    .first()
    .click();
  await expect(h1(rivalPage, "Check your answers")).toBeVisible();
  await rivalPage.context().close();
});
