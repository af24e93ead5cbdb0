import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { updatePatient } from "@/lib/patients/update-patient";
import { systemContext } from "@/lib/platform/context";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { peopleOf } from "@/tests/support/people";
import { clinicForMessages } from "@/tests/support/visits";
import { countHeld } from "./count-held";
import { deliverDue } from "./deliver-due";
import { handleEvent } from "./handle-event";
import { holdBack, retryLater, type SendOutcome, stopped, suppressed } from "./providers/provider";
import { smsWebhook } from "./sms-webhook";
import { liftStop, listStops } from "./stops";

process.env.ENCRYPTION_KEYS = randomBytes(32).toString("base64");
const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);
const people = peopleOf(db, owner, new Date("2031-05-01T16:00:00Z"));
const reception = await people.staff("receptionist");
let now = new Date("2031-05-01T16:00:00Z");
const SECRET = "a secret of the provider's";
const settings = {
  ...{ SMS_PROVIDER: "http", SMS_WEBHOOK_SECRET: SECRET, TWILIO_AUTH_TOKEN: "token", SLOTWELL_MODE: "production" },
  appUrl: "https://clinic.test",
} as Parameters<typeof smsWebhook>[2];
let phones = 0;

beforeEach(async () => {
  await owner`truncate outbox, appointments, notifications, channel_stops cascade`;
  await owner`update services set reminder_minutes = '{}'`;
  now = new Date("2031-05-01T16:00:00Z");
});

/** A patient is booked for, and told; `answer` is what both providers say. */
async function told(answer: () => SendOutcome = () => ({ ok: true, providerMessageId: "SM1" })) {
  const overrides = { clock: () => now, onMail: answer, sms: { name: "test", atOnce: 10, send: async () => answer() } };
  const { messenger } = recordingMessenger(db, overrides);
  const patientId = await clinic.addPatient({ phone: `+1212555${String(2_000 + ++phones)}` });
  await clinic.book(patientId, { startsAt: new Date("2031-05-14T16:00:00Z") });
  const events = await owner<Array<{ id: string; topic: string; payload: unknown }>>`
    update outbox set done_at = now() where done_at is null returning id, topic, payload`;
  for (const event of events) await handleEvent(messenger, event);
  return { messenger, patientId };
}
const row = async (channel: string) =>
  (
    await owner`select id, status, attempts, error_class as why, due_at as due, delivered_at as delivered
      from notifications where channel = ${channel}`
  )[0];
const held = () => countHeld(systemContext(db, "test", now));
const stops = () => owner`select channel, reason from channel_stops order by channel`;

/** The generic provider's call, signed. */
async function call(body: object) {
  const bytes = Buffer.from(JSON.stringify(body));
  const at = Math.floor(now.getTime() / 1_000);
  const mac = createHmac("sha256", SECRET).update(`${at}.`).update(bytes).digest("hex");
  const headers = new Headers({ "x-slotwell-signature": `t=${at},v1=${mac}` });
  return smsWebhook({ ...people.anonymous, now }, { headers, body: bytes }, settings);
}

async function twilioCalls(fields: Record<string, string>, search: string, token = "token") {
  const form = new URLSearchParams(fields);
  const url = `https://clinic.test/api/v1/webhooks/sms${search}`;
  const text = [...form.keys()].sort().reduce((sum, name) => sum + name + form.get(name), url);
  const headers = new Headers({ "x-twilio-signature": createHmac("sha1", token).update(text).digest("base64") });
  const posted = { headers, body: Buffer.from(form.toString()), search };
  return smsWebhook({ ...people.anonymous, now }, posted, { ...settings, SMS_PROVIDER: "twilio" });
}

it("spends no try on a fault of our own, however long it lasts, and sends once it is mended", async () => {
  let answer: SendOutcome = holdBack("smtp_535");
  const { messenger } = await told(() => answer);
  for (let i = 0; i < 3; i++) {
    expect(await row("email")).toMatchObject({ status: "pending", attempts: 0, why: "smtp_535" });
    expect(await held()).toContainEqual({ channel: "email", why: "smtp_535", count: 1 });
    now = new Date(now.getTime() + 300_000);
    await deliverDue(messenger);
  }
  answer = { ok: true, providerMessageId: null };
  now = new Date(now.getTime() + 300_000);
  await deliverDue(messenger);
  expect(await row("email")).toMatchObject({ status: "sent", attempts: 1, why: null });
  expect(await held()).toEqual([]);
});

it("writes no more to an address that does not exist, until staff lift that or correct the address", async () => {
  const { patientId, messenger } = await told(suppressed);
  expect(await row("email")).toMatchObject({ status: "failed", why: "no_such_address" });
  expect(await stops()).toEqual(["email", "sms"].map((channel) => ({ channel, reason: "bounced" })));
  await owner`update notifications set status = 'pending', due_at = ${now}`;
  await deliverDue(messenger);
  expect(await row("email")).toMatchObject({ status: "withdrawn", why: "switched_off" });

  expect(await listStops(await people.doctor(), { patientId })).toMatchObject({ code: "forbidden" });
  expect(await liftStop(await people.patient(), { patientId, channel: "sms" })).toMatchObject({ code: "forbidden" });
  expect(await listStops(reception, { patientId })).toMatchObject({
    value: [{ channel: "email" }, { channel: "sms" }],
  });
  expect(await liftStop(reception, { patientId, channel: "sms" })).toMatchObject({ ok: true });
  expect(await liftStop(reception, { patientId, channel: "sms" })).toMatchObject({ code: "not_found" });
  expect(await stops()).toMatchObject([{ channel: "email" }]);
  expect(await updatePatient(reception, { id: patientId, email: "another@example.test" })).toMatchObject({ ok: true });
  expect(await stops()).toEqual([]);
});

it("takes the provider's word for a STOP, which only the patient can take back", async () => {
  const { patientId } = await told(stopped);
  expect(await stops()).toContainEqual({ channel: "sms", reason: "stop" });
  expect(await liftStop(reception, { patientId, channel: "sms" })).toMatchObject({ code: "not_found" });
});

it("delays what comes before its turn, and spends no try on that", async () => {
  let isItsTurn = false;
  const { messenger } = await told(() => retryLater("unused"));
  await owner`update notifications set status = 'pending', attempts = 0, due_at = ${now}`;
  const { messenger: paced, mails } = recordingMessenger(db, { clock: () => now, turn: async () => isItsTurn });
  expect(messenger.turn).toBeDefined();
  await deliverDue(paced);
  expect(await row("email")).toMatchObject({ status: "pending", attempts: 0 });
  expect(await held()).toContainEqual({ channel: "email", why: "pace", count: 1 });
  isItsTurn = true;
  await deliverDue(paced);
  expect(await row("email")).toMatchObject({ status: "sent" });
  expect(mails).toHaveLength(1);
});

it("moves a message to delivered or failed as the provider tells, once and for good", async () => {
  await told();
  const { id } = (await row("sms")) ?? {};
  expect(await call({ id, status: "delivered" })).toMatchObject({ ok: true });
  const delivered = await row("sms");
  expect(delivered).toMatchObject({ status: "delivered", why: null, delivered: now });
  now = new Date(now.getTime() + 60_000);
  await call({ id, status: "delivered" });
  await call({ id, status: "failed", code: "invalid_number" });
  expect(await row("sms")).toEqual(delivered);
  expect(await stops()).toEqual([]);
  expect(await call({ id: "00000000-0000-4000-8000-000000000000", status: "failed" })).toMatchObject({ ok: true });
  expect(await call({ id, status: "read" })).toMatchObject({ code: "validation_failed" });
});

it("ends in the same place whatever order calls come in, if one of them says that it arrived", async () => {
  await told();
  const { id } = (await row("sms")) ?? {};
  const news = fc.array(fc.constantFrom("delivered", "failed"), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(news, async (statuses) => {
      await owner`update notifications set status = 'sent', delivered_at = null, error_class = null where id = ${id}`;
      for (const status of statuses) await call({ id, status });
      const end = statuses.includes("delivered") ? "delivered" : "failed";
      expect(await row("sms")).toMatchObject({ status: end });
    }),
    { numRuns: 15 },
  );
});

it("believes Twilio's calls about a message by their signature over address and form", async () => {
  await told();
  const { id } = (await row("sms")) ?? {};
  const search = `?notification=${id}`;
  const news = { MessageSid: "SM1", MessageStatus: "undelivered", ErrorCode: "30005" };
  expect(await twilioCalls(news, search, "another token")).toMatchObject({ code: "unauthenticated" });
  expect(await row("sms")).toMatchObject({ status: "sent" });
  for (const step of ["queued", "sending", "sent"])
    expect(await twilioCalls({ ...news, MessageStatus: step }, search)).toMatchObject({ ok: true });
  expect(await row("sms")).toMatchObject({ status: "sent" });
  await twilioCalls(news, search);
  expect(await row("sms")).toMatchObject({ status: "failed", why: "no_such_address" });
  expect(await stops()).toEqual([{ channel: "sms", reason: "bounced" }]);
  expect(await twilioCalls({ ...news, MessageStatus: "delivered" }, "?notification=nothing")).toMatchObject({
    ok: true,
  });
});
