import { ask, send, tokenFor } from "../support/browserless";
import { type ACCOUNTS, expect, type Page, signIn, test } from "../support/e2e";

// What somebody types may be anything. It is shown as what it is and never runs: a violation of the policy or an error in the console fails this too.

const MARK = "xss-probe";
const HOSTILE = `${MARK}"'><img src=x onerror=window.ran=1><svg onload=window.ran=1><script>window.ran=1</script>`;
const DAY = 86_400_000;

type Account = keyof typeof ACCOUNTS;

test("text that would be a script is shown as text wherever it stands", async ({ page, baseURL, allowErrors }) => {
  // The page that is not there.
  allowErrors(/404/);
  test.setTimeout(300_000);
  const base = baseURL ?? "";
  const tokens = new Map<Account, string>();
  for (const account of ["patient", "doctor", "reception", "admin"] as const)
    tokens.set(account, await tokenFor(base, account));
  const tell = async (account: Account, method: string, url: string, body?: object) => {
    const headers = { authorization: `Bearer ${tokens.get(account)}`, "content-type": "application/json" };
    const answer = await send(`${base}/api/v1${url}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(answer.status, `${method} ${url}: ${answer.text.slice(0, 300)}`).toBeLessThan(300);
    return (answer.text ? JSON.parse(answer.text) : {}) as Record<string, unknown> & { id: string };
  };
  const see = (account: Account, url: string) => ask(base, tokens.get(account) as string, url);

  // People, a visit, a record, a place, a service, an account, a leave, a sign-in, a template and ways into records whose every text is hostile.
  const person = { givenName: HOSTILE, familyName: HOSTILE, address: HOSTILE };
  const { id: patientId } = await tell("reception", "POST", "/patients", person);
  const { id: closedId } = await tell("reception", "POST", "/patients", person);
  const { id: glassId } = await tell("doctor", "POST", "/emergency-access", { patientId: closedId, reason: HOSTILE });
  const template = { name: HOSTILE.slice(0, 100), title: HOSTILE, body: HOSTILE };
  const { id: templateId } = await tell("admin", "POST", "/record-templates", template);
  const { id: locationId } = await tell("admin", "POST", "/locations", {
    name: HOSTILE,
    timeZone: "UTC",
    address: HOSTILE,
  });
  await tell("admin", "POST", "/rooms", { locationId, name: HOSTILE });
  const service = { name: HOSTILE, durationMinutes: 30, modality: "in_person", selfBookable: false };
  const { id: serviceId } = await tell("admin", "POST", "/services", service);
  await tell("admin", "POST", "/users", {
    email: `${MARK}-${Date.now()}@demo.test`,
    name: HOSTILE,
    role: "receptionist",
  });
  const doctor = await doctorOf(see);
  const [slot] = (
    await see(
      "doctor",
      `/slots?serviceId=${doctor.serviceId}&doctorId=${doctor.id}&from=${dayFrom(7)}&to=${dayFrom(40)}&limit=1`,
    )
  ).items;
  const booking = {
    serviceId: doctor.serviceId,
    doctorId: doctor.id,
    locationId: slot?.locationId,
    start: slot?.start,
    patientId,
  };
  const { id: visitId } = await tell("doctor", "POST", "/appointments", { ...booking, reason: HOSTILE });
  const note = {
    kind: "diagnosis",
    title: HOSTILE,
    body: HOSTILE,
    coding: { system: "text", code: MARK, display: HOSTILE },
  };
  const { id: recordId } = await tell("doctor", "POST", `/patients/${patientId}/records`, note);
  await tell("doctor", "POST", `/records/${recordId}/amend`, { body: `${HOSTILE} amended`, reason: HOSTILE });
  const at = new Date(Date.now() + 700 * DAY).toISOString();
  const leave = { kind: "leave", from: at, to: new Date(Date.parse(at) + 3_600_000).toISOString(), reason: HOSTILE };
  const grant = { patientId: closedId, doctorId: doctor.id, reason: HOSTILE };
  const { id: grantId } = await tell("admin", "POST", "/record-grants", grant);
  const { id: leaveId } = await tell("doctor", "POST", `/doctors/${doctor.id}/exceptions`, leave);
  const sessions = (await see("patient", "/me/sessions")).items;
  await tell("patient", "PATCH", `/me/sessions/${sessions[0]?.id}`, { name: HOSTILE.slice(0, 60) });

  const q = encodeURIComponent(HOSTILE);
  const day = String(slot?.start).slice(0, 10);
  const pages: Record<"visitor" | Exclude<Account, "parent">, string[]> = {
    visitor: [
      `/find?kind=${q}&service=${q}&slot=${q}`,
      `/sign-in?next=${q}&notice=${q}`,
      `/verify?token=${q}`,
      `/no/${q}`,
    ],
    patient: [
      ...["/account", `/visits?for=${q}&notice=${q}`, "/records", "/records/looked", "/family"],
      `/privacy?for=${q}`,
    ],
    doctor: [
      ...[`/calendar?date=${day}&view=day`, `/calendar/visits/${visitId}`, "/hours", `/patients/${patientId}/records`],
      ...[`/patients/${patientId}/records/${recordId}`, `/patients/${patientId}/records/${recordId}/versions`],
      ...[`/patients/${patientId}/records/${recordId}/amend`, `/search?q=${q}`],
      ...[`/patients/${closedId}/records`, `/patients/${patientId}/records?q=${q}`],
    ],
    reception: [
      ...["/today", "/messages", `/search?q=${q}`, `/appointments/${visitId}/move`],
      ...[`/patients?q=${MARK}`, `/patients/${patientId}`, `/patients/${patientId}/edit`, `/appointments/${visitId}`],
      ...[`/appointments?doctor=${q}&q=${q}`, `/book?patient=${patientId}`],
    ],
    admin: [
      ...["/admin/users", `/admin/locations/${locationId}`, "/admin/locations", "/admin/services"],
      ...[`/admin/services/${serviceId}`, "/admin/audit", "/admin/audit/access"],
      ...["/admin/audit/emergency", "/admin/privacy", `/admin/audit?who=${q}`],
    ],
  };
  const seen: string[] = [];
  for (const [who, addresses] of Object.entries(pages)) {
    await page.context().clearCookies();
    if (who !== "visitor") await signIn(page, who as Account);
    for (const address of addresses) if (await showsHarmlessly(page, address)) seen.push(address);
  }
  expect(seen.length, `pages that show the text: ${seen.join(" ")}`).toBeGreaterThanOrEqual(15);

  await tell("doctor", "DELETE", `/emergency-access/${glassId}`);
  await tell("admin", "DELETE", `/record-grants/${grantId}`);
  await tell("admin", "PATCH", `/record-templates/${templateId}`, { active: false });
  await tell("doctor", "DELETE", `/doctors/${doctor.id}/exceptions/${leaveId}`);
  await tell("reception", "POST", `/appointments/${visitId}/cancel`, { reason: HOSTILE });
  await tell("admin", "PATCH", `/services/${serviceId}`, { active: false });
  await tell("admin", "PATCH", `/locations/${locationId}`, { active: false });
});

const dayFrom = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** The demo's doctor, by the visits that they alone see, with one of their services. */
async function doctorOf(see: (account: Account, url: string) => ReturnType<typeof ask>) {
  const [visit] = (await see("doctor", "/appointments?limit=1")).items;
  if (!visit) throw new Error("the demo's doctor sees nobody");
  const { id } = visit.doctor as { id: string };
  const doctor = await see("doctor", `/doctors/${id}`);
  return { id, serviceId: (doctor.serviceIds as string[])[0] as string };
}

/** Whether the page shows the text; nothing of it may have run, or have become an element. */
async function showsHarmlessly(page: Page, address: string): Promise<boolean> {
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(50);
  const ran = await page.evaluate(
    () => (window as { ran?: number }).ran ?? document.querySelector("[onload], [onerror], img[src=x]")?.outerHTML,
  );
  expect(ran, `${address} ran what somebody typed`).toBeUndefined();
  return (await page.getByText(MARK).count()) + (await page.locator(`input[value*="${MARK}"]`).count()) > 0;
}
