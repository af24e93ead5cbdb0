import { createHmac, randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { peopleOf } from "@/tests/support/people";
import { valueFrom } from "@/tests/support/records";
import { clinicForMessages } from "@/tests/support/visits";
import { deliverDue } from "./deliver-due";
import { handleEvent } from "./handle-event";
import { sealStrangers } from "./inbound-content";
import { listInbox, settleInbox } from "./inbox";
import { smsWebhook } from "./sms-webhook";

process.env.ENCRYPTION_KEYS = randomBytes(32).toString("base64");
const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);
const START = new Date("2031-05-14T16:00:00Z");
let now = START;
const { messenger, texts } = recordingMessenger(db, { clock: () => now });
const people = () => peopleOf(db, owner, now);
const SECRET = "a secret of the provider's";
const settings = {
  ...{ SMS_PROVIDER: "http", SMS_WEBHOOK_SECRET: SECRET, TWILIO_AUTH_TOKEN: "token", SLOTWELL_MODE: "production" },
  appUrl: "https://clinic.test",
} as Parameters<typeof smsWebhook>[2];
let phones = 0;

beforeEach(async () => {
  await owner`truncate outbox, appointments, notifications, inbound_messages, channel_stops cascade`;
  await owner`update services set reminder_minutes = '{1440}', cancel_cutoff_minutes = 0`;
});

async function handleAll() {
  const rows = await owner<Array<{ id: string; topic: string; payload: unknown }>>`
    update outbox set done_at = now() where done_at is null returning id, topic, payload`;
  for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) await handleEvent(messenger, row);
  return rows;
}

async function reminded({ userId = null as string | null, startsAt = START } = {}) {
  const phone = `+1212555${String(1_000 + ++phones)}`;
  now = new Date("2031-05-01T16:00:00Z");
  const patientId = await clinic.addPatient({ phone, userId });
  const visit = await clinic.book(patientId, { startsAt });
  await handleAll();
  now = new Date(startsAt.getTime() - 86_400_000);
  await deliverDue(messenger);
  texts.length = 0;
  return { phone, patientId, visit };
}

/** What the generic provider posts when somebody answers, signed; and then the worker's part. */
async function answer(from: string, body: string, id = uuidv7()) {
  const text = Buffer.from(JSON.stringify({ id, from, body }));
  const at = Math.floor(now.getTime() / 1_000);
  const mac = createHmac("sha256", SECRET).update(`${at}.`).update(text).digest("hex");
  const headers = new Headers({ "x-slotwell-signature": `t=${at},v1=${mac}` });
  const taken = await smsWebhook(people().anonymous, { headers, body: text }, settings);
  expect(taken).toMatchObject({ ok: true });
  return handleAll();
}
const visitRow = async (id: string) =>
  (await owner`select status, confirmed_at is not null as confirmed from appointments where id = ${id}`)[0];
const inbox = async () => (await valueFrom(listInbox(await people().staff("receptionist")))).items;

it("confirms and cancels the visit that the last message told of, once, and says so", async () => {
  for (const userId of [null, await clinic.addUser(`${uuidv7()}@example.test`)]) {
    const one = await reminded({ userId });
    const events = await answer(one.phone, " Yes! ");
    for (const event of events) await handleEvent(messenger, event);
    expect(await visitRow(one.visit)).toEqual({ status: "booked", confirmed: true });
    expect(texts.map(({ to, body }) => [to, body])).toEqual([[one.phone, "Thank you. Your appointment is confirmed."]]);
    await answer(one.phone, "no");
    await handleAll();
    expect(await visitRow(one.visit)).toMatchObject({ status: "cancelled" });
    expect(texts).toHaveLength(2);
    expect(texts.at(-1)?.body).toMatch(/is cancelled/);
    texts.length = 0;
    await owner`delete from appointments`;
  }
  expect(await inbox()).toEqual([]);
});

it("leaves to reception what it could not do, and tells the patient whom to call", async () => {
  const { phone, visit } = await reminded();
  await owner`update services set cancel_cutoff_minutes = 2880`;
  await answer(phone, "2");
  expect(await visitRow(visit)).toMatchObject({ status: "booked" });
  expect(texts.map(({ body }) => body)).toEqual([expect.stringContaining("too late to cancel")]);
  const stranger = await clinic.addPatient({ phone: "+12125559999" });
  await answer("+12125559999", "YES");
  expect(texts.at(-1)?.body).toContain("no appointment");
  expect((await inbox()).map(({ meaning, patient }) => [meaning, patient?.id])).toEqual([
    ["cancel", expect.any(String)],
    ["confirm", stranger],
  ]);
});

it("ends text messages at STOP, at once and with one last word, and begins again at START", async () => {
  const { phone, patientId } = await reminded();
  await answer(phone, "stop");
  await answer(phone, "STOP");
  expect(await owner`select reason from channel_stops where patient_id = ${patientId}`).toEqual([{ reason: "stop" }]);
  expect(texts[0]?.body).toContain("no more text messages");
  texts.length = 0;
  await clinic.book(patientId, { startsAt: new Date(START.getTime() + 3_600_000) });
  await handleAll();
  expect(texts).toHaveLength(0);
  await answer(phone, "Start");
  expect(texts.map(({ body }) => body)).toEqual([expect.stringContaining("again")]);
  await clinic.book(patientId, { startsAt: new Date(START.getTime() + 7_200_000) });
  await handleAll();
  expect(texts).toHaveLength(2);
});

it("keeps free text for reception, sealed, and lets them settle it", async () => {
  const { phone, patientId } = await reminded();
  await answer(phone, "CANARY I found a lump, may I come earlier?");
  await answer("+447700900123", "Wrong number?");
  expect(texts).toHaveLength(0);
  const [own, strangers] = await inbox();
  expect(own).toMatchObject({ meaning: "text", patient: { id: patientId }, sender: phone });
  expect(own?.body).toContain("CANARY");
  expect(strangers).toMatchObject({ patient: null, sender: "+447700900123", body: "Wrong number?" });
  expect(JSON.stringify(await owner`select * from inbound_messages where patient_id is not null`)).not.toContain(
    "CANARY",
  );
  expect(JSON.stringify(await owner`select * from outbox`)).not.toContain("CANARY");
  const reception = await people().staff("receptionist");
  expect(await settleInbox(reception, { id: own?.id ?? "" })).toMatchObject({ ok: true });
  expect(await settleInbox(reception, { id: own?.id ?? "" })).toMatchObject({ code: "not_found" });
  expect(await inbox()).toHaveLength(1);
  expect(await listInbox(await people().doctor())).toMatchObject({ code: "forbidden" });
});

it("seals what strangers write, seals anew what lies under an older key or in plain, and opens it in its own row alone", async () => {
  const [first, next] = [process.env.ENCRYPTION_KEYS, randomBytes(32).toString("base64")];
  const told = async () => (await inbox()).map(({ sender, body }) => [sender, body]);
  const held = () => owner`select sender, body, kek_id from inbound_messages order by id`;
  await answer("+447700900123", "CANARY one");
  const [sealed] = await held();
  expect(sealed).toEqual({ sender: null, body: null, kek_id: expect.stringMatching(/^[0-9a-f]{12}$/) });

  // As an earlier version left it.
  await owner`alter table inbound_messages drop constraint inbound_messages_stranger_sealed`;
  await owner`insert into inbound_messages (id, provider_message_id, meaning, sender, body, received_at)
    values (${uuidv7()}, 'plain', 'text', '+447700900124', 'CANARY two', now())`;
  const both = [
    ["+447700900123", "CANARY one"],
    ["+447700900124", "CANARY two"],
  ];
  expect(await told()).toEqual(both);
  process.env.ENCRYPTION_KEYS = `${next},${first}`;
  expect(await sealStrangers(db, { isStopped: () => true })).toBe(false);
  expect(await sealStrangers(db)).toBe(true);
  process.env.ENCRYPTION_KEYS = next;
  expect(await told()).toEqual(both);
  const rows = await held();
  expect(new Set(rows.map(({ kek_id }) => kek_id)).size).toBe(1);
  for (const row of rows) expect([row.sender, row.body, row.kek_id === sealed?.kek_id]).toEqual([null, null, false]);
  await owner`alter table inbound_messages add constraint inbound_messages_stranger_sealed
    check (patient_id is not null or num_nonnulls(sender, body) = 0)`;

  await owner`update inbound_messages m set content_sealed = o.content_sealed from inbound_messages o where o.id <> m.id`;
  await expect(inbox()).rejects.toThrow("does not open in this place");
  process.env.ENCRYPTION_KEYS = first;
});

it("takes a message once, however often the provider brings it", async () => {
  const { phone } = await reminded();
  const id = uuidv7();
  for (let i = 0; i < 3; i++) await answer(phone, "HELP", id);
  expect(texts).toHaveLength(1);
});

it("believes nobody whose signature does not fit", async () => {
  const { phone, patientId } = await reminded();
  const body = Buffer.from(JSON.stringify({ id: "x", from: phone, body: "STOP" }));
  const anonymous = people().anonymous;
  const wrong = [
    new Headers(),
    new Headers({ "x-slotwell-signature": `t=${Math.floor(now.getTime() / 1_000)},v1=${"0".repeat(64)}` }),
  ];
  for (const headers of wrong)
    for (const given of [
      settings,
      { ...settings, SMS_WEBHOOK_SECRET: undefined },
      { ...settings, SMS_PROVIDER: "twilio" as const },
    ])
      expect(await smsWebhook(anonymous, { headers, body }, given)).toMatchObject({ code: "unauthenticated" });
  expect(await owner`select from channel_stops where patient_id = ${patientId}`).toHaveLength(0);
});

it("reads Twilio's form", async () => {
  const { phone, patientId } = await reminded();
  const form = new URLSearchParams({ MessageSid: "SM1", From: phone, To: "+15550100", Body: "STOP", NumMedia: "0" });
  const text = [...form.keys()]
    .sort()
    .reduce((sum, name) => sum + name + form.get(name), "https://clinic.test/api/v1/webhooks/sms");
  const headers = new Headers({ "x-twilio-signature": createHmac("sha1", "token").update(text).digest("base64") });
  const posted = { headers, body: Buffer.from(form.toString()) };
  expect(await smsWebhook(people().anonymous, posted, { ...settings, SMS_PROVIDER: "twilio" })).toMatchObject({
    ok: true,
  });
  expect(await owner`select from channel_stops where patient_id = ${patientId}`).toHaveLength(1);
});
