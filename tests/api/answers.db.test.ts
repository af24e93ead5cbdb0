import { randomUUID } from "node:crypto";
import { TOTP } from "otpauth";
import { beforeAll, expect, it } from "vitest";
import { seedDemo } from "@/db/seed/main";
import { issueAccountToken } from "@/lib/accounts/issue-account-token";
import { unanswered } from "@/tests/support/answers";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";

const { db, owner, url } = await testDb({ statementTimeoutMs: 120_000 });
Object.assign(process.env, {
  ...{ DATABASE_URL: url, SLOTWELL_MODE: "development", LOG_LEVEL: "silent", RATE_LIMIT_DISABLED: "true" },
});

/** Tags whose calls have tests of their own in this folder, with answers that are held against the document all the same. */
const ELSEWHERE = ["Medical records"];
const PASSWORD = "demo-clinic-2026!";
type Value = Record<string, unknown> & { id: string; items: Value[] };

/** What a call answers when all is well; the helper holds it against the document. */
async function done(method: string, path: string, token?: string, body?: unknown): Promise<Value> {
  const reply = await api(method, path, { token, body });
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body as unknown as Value;
}

const signIn = (email: string) => done("POST", "/auth/token", undefined, { email, password: PASSWORD });
const tokenOf = async (name: string) => (await signIn(`${name}@demo.test`)).accessToken as string;
let admin = "";
let patient = "";
let reception = "";
let doctor = "";

beforeAll(async () => {
  await seedDemo(db, new Date());
  for (const name of ["admin", "patient", "reception", "doctor"]) {
    const token = await tokenOf(name);
    if (name === "admin") admin = token;
    if (name === "patient") patient = token;
    if (name === "reception") reception = token;
    if (name === "doctor") doctor = token;
  }
}, 120_000);

it("are as the document says where somebody registers and signs in", async () => {
  const email = `${randomUUID()}@example.test`;
  const person = { givenName: "Nora", familyName: "Newcomb", dateOfBirth: "1990-02-28", phone: "+44 20 7946 0958" };
  await done("POST", "/auth/register", undefined, { email, password: PASSWORD, ...person });
  const [row] = await owner<{ id: string }[]>`select id from users where email = ${email}`;
  const ctx = { db, actor: { kind: "anonymous" as const }, now: new Date(), requestId: "test" };
  const mailed = async (purpose: "verify_email" | "password_reset") =>
    (await issueAccountToken(ctx, row?.id as string, purpose)).token;
  await done("POST", "/auth/verify-email", undefined, { token: await mailed("verify_email") });
  await done("POST", "/auth/password-reset", undefined, { email });
  const reset = { token: await mailed("password_reset"), password: PASSWORD };
  await done("POST", "/auth/password-reset/confirm", undefined, reset);

  const { refreshToken } = await signIn(email);
  const next = await done("POST", "/auth/refresh", undefined, { refreshToken });
  const token = next.accessToken as string;
  await done("GET", "/me", token);
  await signIn(email);
  const { items } = await done("GET", "/me/sessions", token);
  await done("DELETE", `/me/sessions/${items.find(({ current }) => !current)?.id}`, token);
  const { id } = items.find(({ current }) => current) as Value;
  await done("PATCH", `/me/sessions/${id}`, token, { name: "The test" });
  await done("DELETE", "/me/sessions", token);

  await done("POST", "/me/password", token, { password: `${PASSWORD}!` });
  const { secret } = await done("POST", "/me/second-factor/totp", token);
  const otp = () => new TOTP({ secret: secret as string }).generate();
  await done("POST", "/me/second-factor/totp/confirm", token, { otp: otp() });
  await done("GET", "/me/second-factor", token);
  await done("POST", "/me/second-factor/recovery-codes", token);
  await done("POST", "/me/second-factor/totp/remove", token, { password: PASSWORD });
  await done("POST", `/users/${row?.id}/reset-second-factor`, admin);
  await done("POST", "/auth/revoke", undefined, { refreshToken: next.refreshToken });
});

it("are as the document says where the clinic is kept", async () => {
  for (const path of ["/locations", "/services", "/doctors", "/rooms", "/users", "/audit-events", "/patients"]) {
    const { items } = await done("GET", path, admin);
    if (path !== "/audit-events") await done("GET", `${path}/${items[0]?.id}`, admin);
  }
  const place = await done("POST", "/locations", admin, { name: "Answers", timeZone: "Europe/Lisbon" });
  await done("PATCH", `/locations/${place.id}`, admin, { address: "1 Quay" });
  const service = await done("POST", "/services", admin, { name: "Told", durationMinutes: 20, modality: "video" });
  await done("PATCH", `/services/${service.id}`, admin, { requiresRoom: false });
  const room = await done("POST", "/rooms", admin, { locationId: place.id, name: "A1", serviceIds: [service.id] });
  await done("PATCH", `/rooms/${room.id}`, admin, { serviceIds: [] });
  const user = await done("POST", "/users", admin, { email: "a1@example.test", name: "A One", role: "receptionist" });
  await done("PATCH", `/users/${user.id}`, admin, { disabled: true });

  const who = { name: "Dr Answers", email: "a2@example.test", serviceIds: [service.id], locationIds: [place.id] };
  const { id } = await done("POST", "/doctors", admin, who);
  await done("PATCH", `/doctors/${id}`, admin, { specialty: "Answers" });
  const rules = [{ locationId: place.id, weekday: 1, start: "09:00", end: "12:00" }];
  await done("PUT", `/doctors/${id}/schedule`, admin, { rules });
  await done("GET", `/doctors/${id}/schedule`, reception);
  const leave = { kind: "leave", from: "2031-01-06", to: "2031-01-07", reason: "Away" };
  const exception = await done("POST", `/doctors/${id}/exceptions`, admin, leave);
  await done("GET", `/doctors/${id}/exceptions`, reception);
  await done("DELETE", `/doctors/${id}/exceptions/${exception.id}`, admin);

  const child = { givenName: "Ida", familyName: "Answers", dateOfBirth: "2019-02-28" };
  const made = await done("POST", "/patients", reception, child);
  await done("PATCH", `/patients/${made.id}`, reception, { phone: "+442079460958" });
});

it("are as the document says where visits are booked, moved and kept", async () => {
  const services = (await done("GET", "/services")).items;
  const service = services.find(({ selfBookable, requiresRoom }) => selfBookable && !requiresRoom) as Value;
  const from = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.now() + 25 * 86_400_000).toISOString().slice(0, 10);
  const asked = `serviceId=${service.id}&from=${from}&to=${to}`;
  const [first] = (await done("GET", `/slots?${asked}`)).items as unknown as { doctorId: string }[];
  const times = (await done("GET", `/slots?${asked}&doctorId=${first?.doctorId}&limit=200`)).items;
  await done("GET", `/slots/next?serviceId=${service.id}`);
  const wanted = (index: number) => {
    const { doctorId, locationId, start } = times[index * 8] as Value;
    return { serviceId: service.id, doctorId, locationId, start };
  };
  const { doctorId, start } = wanted(0);
  await done("GET", `/slots/explain?serviceId=${service.id}&doctorId=${doctorId}&start=${start}`, doctor);

  const hold = await done("POST", "/holds", patient, wanted(0));
  await done("POST", `/holds/${hold.id}/extend`, patient);
  const other = await done("POST", "/holds", patient, wanted(1));
  await done("DELETE", `/holds/${other.id}`, patient);
  const visit = await done("POST", "/appointments", patient, { ...wanted(0), holdId: hold.id, reason: "A cough" });
  await done("GET", `/appointments/${visit.id}`, patient);
  await done("POST", `/appointments/${visit.id}/confirm`, patient);
  await done("POST", `/appointments/${visit.id}/reschedule`, reception, { start: wanted(2).start });
  await done("POST", `/appointments/${visit.id}/status`, reception, { status: "arrived" });
  await done("GET", `/appointments/${visit.id}/history`, patient);
  await done("POST", `/appointments/${visit.id}/cancel`, reception, { reason: "Unwell" });
  const patientId = (visit.patient as Value).id;
  const { start: _, ...common } = wanted(3);
  await done("POST", "/series", reception, { ...common, starts: [wanted(3).start, wanted(4).start], patientId });
  for (const token of [patient, reception, doctor, admin]) await done("GET", "/appointments?limit=100", token);
});

it("are as the document says where somebody waits for a time", async () => {
  const services = (await done("GET", "/services")).items;
  const service = services.find(({ selfBookable, requiresRoom }) => selfBookable && !requiresRoom) as Value;
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const [from, to] = [day(26), day(40)];
  const free = (await done("GET", `/slots?serviceId=${service.id}&from=${from}&to=${to}`)).items;
  const wish = { serviceId: service.id, from, to, weekdays: [1, 2, 3, 4, 5], partsOfDay: ["morning"] };
  /** As the worker would, at whatever hour this runs. */
  const offered = async (slot: Value | undefined) => {
    const { id: entry, patient: who } = await done("POST", "/waitlist", patient, wish);
    const id = randomUUID();
    await owner`insert into waitlist_offers (id, entry_id, patient_id, doctor_id, location_id, starts_at, ends_at, expires_at)
      values (${id}, ${entry}, ${(who as Value).id}, ${slot?.doctorId as string}, ${slot?.locationId as string}, ${slot?.start as string},
        ${slot?.end as string}, now() + interval '1 hour')`;
    return id;
  };
  const [taken, refused] = [await offered(free[0]), await offered(free[1])];
  const waiting = (await done("GET", "/waitlist?status=waiting", reception)).items;
  const offers = waiting.map(({ offer }) => (offer as Value | null)?.id);
  expect(offers).toEqual(expect.arrayContaining([taken, refused]));
  await done("POST", `/waitlist/offers/${taken}/accept`, patient, {});
  await done("POST", `/waitlist/offers/${refused}/decline`, patient, {});
  const [left] = (await done("GET", "/waitlist?status=waiting", patient)).items;
  await done("DELETE", `/waitlist/${left?.id}`, patient);
});

it("are as the document says where messages are followed", async () => {
  const [visit] = await owner<{ id: string }[]>`select id from appointments where status = 'booked' limit 1`;
  const id = randomUUID();
  await owner`insert into notifications (id, kind, channel, appointment_id, appointment_version, status, due_at)
    values (${id}, 'appointment.booked', 'email', ${visit?.id ?? null}, 1, 'dead', now())`;
  expect((await done("GET", `/notifications?appointmentId=${visit?.id}`, reception)).items).toHaveLength(1);
  expect((await done("GET", "/notifications/dead-letters", reception)).items).toHaveLength(1);
  await done("POST", `/notifications/${id}/replay`, reception);
  await done("POST", "/webhooks/sms", undefined, { id: randomUUID(), from: "+442079460958", body: "HELP" });
  const wishes = {
    channels: { sms: false },
    leadMinutes: [120],
    quietHours: { from: "22:00", until: "07:00" },
    language: "en",
  };
  await done("PUT", "/me/notification-preferences", patient, wishes);
  expect(await done("GET", "/me/notification-preferences", patient)).toMatchObject({
    ...wishes,
    channels: { email: true, sms: false },
  });
  expect(await done("POST", "/notifications/dead-letters/replay", reception, {})).toEqual({ replayed: 0 });
});

it("are as the document says where a patient asks what is kept, and to be forgotten", async () => {
  const { patients } = await done("GET", "/me", patient);
  const { id } = (patients as Value[])[0] as Value;
  expect(await done("GET", `/patients/${id}/export`, patient)).toMatchObject({ patient: { id } });
  const { items } = await done("GET", `/patients/${id}/consents`, patient);
  const told = await done("POST", `/patients/${id}/consents`, patient, { kind: "recalls", given: true });
  expect(told.items).toHaveLength(items.length);
  expect(await done("POST", `/patients/${id}/erasure-requests`, patient, {})).toMatchObject({ status: "requested" });
  expect(await done("GET", `/patients/${id}/erasure`, admin)).toMatchObject({ grounds: expect.any(Array) });
  const { recordNumber } = await done("GET", `/patients/${id}`, admin);
  expect(await done("POST", `/patients/${id}/erasure`, admin, { recordNumber })).toMatchObject({ status: "done" });
});

it("have come from every call of the API", () => {
  // Without a browser that signs, nobody has a passkey.
  const missing = unanswered(ELSEWHERE).filter((name) => !name.includes("/me/passkeys/"));
  expect(missing, "a new call needs a line above, or its tag tests of its own").toEqual([]);
});
