import { uuidv7 } from "uuidv7";
import { beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { peopleOf } from "@/tests/support/people";
import { valueFrom } from "@/tests/support/records";
import { clinicForMessages } from "@/tests/support/visits";
import { deliverDue } from "./deliver-due";
import { handleEvent } from "./handle-event";
import { useLink as actOnLink, readLink } from "./use-link";

const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);
const START = new Date("2031-05-14T16:00:00Z");
let now = new Date("2031-05-01T16:00:00Z");
const { messenger, mails, texts } = recordingMessenger(db, { clock: () => now });
const anonymous = () => ({ ...peopleOf(db, owner, now).anonymous, requestId: uuidv7() });

beforeEach(async () => {
  await owner`truncate outbox, appointments, notifications, inbound_messages cascade`;
  await owner`update services set reminder_minutes = '{1440}', cancel_cutoff_minutes = 0`;
  for (const list of [mails, texts]) list.length = 0;
});

async function handleAll() {
  const rows = await owner<Array<{ id: string; topic: string; payload: unknown }>>`
    update outbox set done_at = now() where done_at is null returning id, topic, payload`;
  for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) await handleEvent(messenger, row);
}

/** A visit whose reminder has gone out, and the tokens of its links. */
async function reminded(userId: string | null = null) {
  now = new Date("2031-05-01T16:00:00Z");
  const visit = await clinic.book(await clinic.addPatient({ userId, phone: "+12125550142" }), { startsAt: START });
  await handleAll();
  mails.length = 0;
  texts.length = 0;
  now = new Date(START.getTime() - 86_400_000);
  await deliverDue(messenger);
  const [confirm = "", cancel = "", move = ""] = [...(mails[0]?.text ?? "").matchAll(/\/a\/([\w-]+)/g)].map(
    ([, token]) => token,
  );
  return { visit, confirm, cancel, move };
}
const visitRow = async (id: string) =>
  (await owner`select status, confirmed_at is not null as confirmed, version from appointments where id = ${id}`)[0];

it("lie in reminders alone: three in a mail, one in an SMS, and each message its own", async () => {
  const { confirm, cancel, move } = await reminded();
  const [, sms] = /\/a\/([\w-]{22})$/.exec(texts[0]?.body ?? "") ?? [];
  expect(new Set([confirm, cancel, move, sms]).size).toBe(4);
  expect(await owner`select from message_links where token_hash = ${confirm}`).toHaveLength(0);
  expect(await owner`select from message_links`).toHaveLength(6);
});

it("show when and where, and change nothing however often a mail scanner opens them", async () => {
  const { visit, confirm, cancel, move } = await reminded();
  for (const token of [confirm, cancel, move, confirm, cancel, move]) {
    const shown = await valueFrom(readLink(anonymous(), { token }));
    expect(shown).toMatchObject({ state: "open", startsAt: START.toISOString(), timeZone: "America/New_York" });
    expect(JSON.stringify(shown)).not.toMatch(/\b(oncology|marsh|prado|canary)\b/i);
  }
  expect(await visitRow(visit)).toEqual({ status: "booked", confirmed: false, version: 1 });
  expect(await readLink(anonymous(), { token: "x".repeat(22) })).toMatchObject({ code: "not_found" });
});

describe.each([
  ["a patient without an account", () => Promise.resolve(null)],
  ["a patient with one", () => clinic.addUser(`${uuidv7()}@example.test`)],
])("for %s", (_, account) => {
  it("confirm once, of twenty presses at the same moment", async () => {
    const { visit, confirm } = await reminded(await account());
    const pressed = await Promise.all(Array.from({ length: 20 }, () => actOnLink(anonymous(), { token: confirm })));
    expect(pressed.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(1);
    expect(await visitRow(visit)).toEqual({ status: "booked", confirmed: true, version: 2 });
    expect(await valueFrom(readLink(anonymous(), { token: confirm }))).toMatchObject({ state: "used" });
    expect(await actOnLink(anonymous(), { token: confirm })).toMatchObject({ code: "conflict" });
  });

  it("cancel the visit of their message and no other", async () => {
    const { visit, cancel, confirm } = await reminded(await account());
    const other = await clinic.book(await clinic.addPatient(), { startsAt: new Date(START.getTime() + 7_200_000) });
    expect(await actOnLink(anonymous(), { token: cancel })).toMatchObject({ ok: true });
    expect(await visitRow(visit)).toMatchObject({ status: "cancelled" });
    expect(await visitRow(other)).toMatchObject({ status: "booked", version: 1 });
    expect(await valueFrom(readLink(anonymous(), { token: cancel }))).toMatchObject({ state: "used" });
    expect(await valueFrom(readLink(anonymous(), { token: confirm }))).toMatchObject({ state: "changed" });
    expect(await actOnLink(anonymous(), { token: confirm })).toMatchObject({ code: "invalid_transition" });
  });

  it("keep to the service's cut-off, and stay open where they are refused", async () => {
    const { visit, cancel } = await reminded(await account());
    await owner`update services set cancel_cutoff_minutes = 2880`;
    expect(await actOnLink(anonymous(), { token: cancel })).toMatchObject({ code: "policy_refused" });
    expect(await visitRow(visit)).toMatchObject({ status: "booked" });
    expect(await valueFrom(readLink(anonymous(), { token: cancel }))).toMatchObject({ state: "open" });
  });
});

it("are over when the visit begins, when it moves, and when they are revoked", async () => {
  const { visit, confirm, cancel, move } = await reminded();
  await owner`update message_links set revoked_at = now() where act = 'move'`;
  expect(await readLink(anonymous(), { token: move })).toMatchObject({ code: "not_found" });
  now = START;
  expect(await valueFrom(readLink(anonymous(), { token: cancel }))).toMatchObject({ state: "over" });
  expect(await actOnLink(anonymous(), { token: cancel })).toMatchObject({ code: "invalid_transition" });
  now = new Date(START.getTime() - 3_600_000);
  await clinic.move(visit, new Date(START.getTime() + 86_400_000));
  expect(await valueFrom(readLink(anonymous(), { token: confirm }))).toMatchObject({ state: "changed" });
  expect(await actOnLink(anonymous(), { token: confirm })).toMatchObject({ code: "invalid_transition" });
});

it("leave word with reception where another time is asked for, once, and the visit as it is", async () => {
  const { visit, move } = await reminded();
  expect(await actOnLink(anonymous(), { token: move })).toMatchObject({ ok: true });
  expect(await actOnLink(anonymous(), { token: move })).toMatchObject({ code: "conflict" });
  expect(await owner`select channel, meaning, appointment_id from inbound_messages`).toEqual([
    { channel: "link", meaning: "move", appointment_id: visit },
  ]);
  expect(await visitRow(visit)).toMatchObject({ status: "booked", version: 1 });
});
