import { uuidv7 } from "uuidv7";
import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { clinicForMessages } from "@/tests/support/visits";
import { deliverDue } from "./deliver-due";
import { deliverMessages } from "./deliver-messages";
import { handleEvent, PoisonEvent } from "./handle-event";
import type { Messenger } from "./messenger";
import { giveUp, retryLater, sent } from "./providers/provider";

const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);

beforeEach(async () => {
  await owner`truncate outbox, notifications cascade`;
});

/** Handles all waiting outbox rows, in order. */
async function handleAll(messenger: Parameters<typeof handleEvent>[0]) {
  const rows = await owner<Array<{ id: string; topic: string; payload: unknown }>>`
    update outbox set done_at = now() where done_at is null returning id, topic, payload`;
  for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) await handleEvent(messenger, row);
  return rows;
}

const ledger = (appointmentId: string) =>
  owner`select kind, channel, status, error_class as why, attempts from notifications
    where appointment_id = ${appointmentId} and step = 'now' order by kind, channel`;

it("tells the patient when and where by mail and SMS, and nothing of why", async () => {
  const { messenger, mails, texts } = recordingMessenger(db);
  const visit = await clinic.book(await clinic.addPatient({ phone: "+12125550199" }));
  await handleAll(messenger);

  const [mail] = mails;
  expect(mail?.subject).toBe("Appointment confirmation");
  expect(mail?.text).toMatch(/When: \w+day \d+ \w+ 20\d\d at (midday|[\d.]+[ap]m) \(Eastern Time\)/);
  expect(mail?.text).toContain(`https://clinic.test/visits/${visit}`);
  expect(texts[0]?.body).toContain(`https://clinic.test/visits/${visit}`);
  const everything = JSON.stringify([mails, texts]);
  // Whole words: four letters in a row come about in a random link, too.
  expect(everything).not.toMatch(/\b(oncology|follow-up|canary|lump)\b/i);
});

it("sends each change once, however often its event comes", async () => {
  const { messenger, mails } = recordingMessenger(db);
  const visit = await clinic.book(await clinic.addPatient());
  const rows = await handleAll(messenger);
  await Promise.all(rows.flatMap((row) => [handleEvent(messenger, row), handleEvent(messenger, row)]));
  expect(mails).toHaveLength(1);
  expect(await ledger(visit)).toMatchObject([{ status: "sent", attempts: 1 }]);
});

it("keeps one UID and raises SEQUENCE from booking to move to cancellation", async () => {
  const { messenger, mails } = recordingMessenger(db);
  const visit = await clinic.book(await clinic.addPatient());
  await handleAll(messenger);
  await clinic.move(visit);
  await handleAll(messenger);
  await clinic.cancel(visit);
  await handleAll(messenger);

  const calendars = mails.map((mail) => mail.calendar!.content);
  expect(calendars.map((text) => /METHOD:(\w+)/.exec(text)?.[1])).toEqual(["REQUEST", "REQUEST", "CANCEL"]);
  expect(calendars.map((text) => /SEQUENCE:(\d+)/.exec(text)?.[1])).toEqual(["1", "2", "3"]);
  expect(new Set(calendars.map((text) => /UID:(.+)/.exec(text)?.[1]?.trim()))).toEqual(new Set([`${visit}@slotwell`]));
  expect(calendars.map((text) => /SUMMARY:(.+)/.exec(text)?.[1]?.trim())).toEqual(Array(3).fill("Appointment"));
  expect(calendars[0]).not.toContain("Marsh");
});

it("sends nothing that is no longer so: only the newest change speaks", async () => {
  const { messenger, mails } = recordingMessenger(db);
  const visit = await clinic.book(await clinic.addPatient());
  await clinic.move(visit);
  await clinic.cancel(visit);
  await handleAll(messenger);
  expect(mails.map((mail) => mail.subject)).toEqual(["Your appointment is cancelled"]);
  expect(await ledger(visit)).toMatchObject([
    { kind: "appointment.booked", status: "withdrawn", why: "superseded" },
    { kind: "appointment.cancelled", status: "sent" },
    { kind: "appointment.rescheduled", status: "withdrawn", why: "superseded" },
  ]);
});

/** The messenger, but `act` is done before its third transaction (plan, claim, last look): the one right before the send. */
function interrupted(messenger: Messenger, act: () => Promise<unknown>): Messenger {
  let looks = 0;
  const begin = async (work: never) => {
    if (++looks === 3) await act();
    return db.pg.begin(work);
  };
  const pg = new Proxy(db.pg, { get: (target, key) => (key === "begin" ? begin : Reflect.get(target, key)) });
  return { ...messenger, db: { ...db, pg } };
}

it("withdraws a message whose visit moves while it is being made", async () => {
  const { messenger, mails } = recordingMessenger(db);
  const visit = await clinic.book(await clinic.addPatient());
  await handleAll(interrupted(messenger, () => clinic.cancel(visit)));
  expect(mails).toHaveLength(0);
  expect(await ledger(visit)).toMatchObject([{ kind: "appointment.booked", status: "withdrawn", why: "superseded" }]);
});

it("does not send when its claim has run out while the mail was made", async () => {
  const visit = await clinic.book(await clinic.addPatient());
  const { messenger, mails } = recordingMessenger(db);
  const takeOver = () =>
    owner`update notifications set attempts = attempts + 1 where appointment_id = ${visit} and step = 'now'`.execute();
  await handleAll(interrupted(messenger, takeOver));
  expect(mails).toHaveLength(0);
  expect(await ledger(visit)).toMatchObject([{ status: "sending", attempts: 2 }]);
});

it("still sends the booking after a change that has no message of its own", async () => {
  const { messenger, mails } = recordingMessenger(db);
  const visit = await clinic.book(await clinic.addPatient());
  await clinic.bump(visit);
  await handleAll(messenger);
  expect(mails).toHaveLength(1);
});

it("says nothing about visits that are over", async () => {
  const { messenger, mails } = recordingMessenger(db);
  const past = await clinic.book(await clinic.addPatient(), { startsAt: new Date("2024-03-05T15:00:00Z") });
  await handleAll(messenger);
  expect(mails).toHaveLength(0);
  expect(await ledger(past)).toMatchObject([{ status: "withdrawn", why: "past" }]);
});

it("tells the parent of a child without an address, by name, and stops when the grant ends", async () => {
  const { messenger, mails } = recordingMessenger(db);
  const parent = await clinic.addUser("parent@example.test");
  await clinic.addPatient({ email: null, userId: parent, givenName: "Rui", phone: null });
  const child = await clinic.addPatient({ email: null, givenName: "Lia" });
  await owner`insert into patient_proxies (id, patient_id, user_id, relationship, capabilities)
    values (${uuidv7()}, ${child}, ${parent}, 'parent', '{view,book}')`;
  const visit = await clinic.book(child, { by: parent });
  await handleAll(messenger);
  expect(mails.map((mail) => mail.to)).toEqual(["parent@example.test"]);
  expect(mails[0]?.text).toContain("Lia’s appointment is booked");
  expect(mails[0]?.subject).not.toContain("Lia");

  await owner`update patient_proxies set revoked_at = now() where patient_id = ${child}`;
  await clinic.move(visit);
  await handleAll(messenger);
  expect(mails).toHaveLength(1);
});

it("keeps to what the account has switched off", async () => {
  const { messenger, mails, texts } = recordingMessenger(db);
  const userId = await clinic.addUser("quiet@example.test");
  await owner`insert into notification_preferences (user_id, channel, enabled) values (${userId}, 'email', false)`;
  await clinic.book(await clinic.addPatient({ email: null, userId, phone: "+12125550142" }));
  await handleAll(messenger);
  expect([mails.length, texts.length]).toEqual([0, 1]);
});

it("lets one bad recipient fail alone and tries a passing fault again later", async () => {
  const bad = await clinic.addPatient({ email: "bad@example.test" });
  const slow = await clinic.addPatient({ email: "slow@example.test" });
  const good = await clinic.addPatient({ email: "good@example.test" });
  let late = 0;
  const broken = await clinic.addPatient({ email: "broken@example.test" });
  let now = new Date();
  const { messenger, mails } = recordingMessenger(db, {
    clock: () => now,
    onMail: ({ to }) => {
      if (to.startsWith("broken")) throw new Error("a bug");
      if (to.startsWith("bad")) return giveUp("smtp_550");
      return to.startsWith("slow") && late++ === 0 ? retryLater("smtp_451") : sent();
    },
  });
  const visits = [];
  for (const patient of [bad, slow, broken, good]) visits.push(await clinic.book(patient));
  await handleAll(messenger);
  expect(mails.map((mail) => mail.to)).toEqual(["good@example.test"]);
  const states = await Promise.all(visits.map(async (visit) => (await ledger(visit))[0]));
  expect(states).toMatchObject([
    { status: "failed", why: "smtp_550" },
    { status: "pending", why: "smtp_451" },
    { status: "pending", why: "Error" },
    { status: "sent" },
  ]);

  expect(await deliverDue(messenger)).toBe(0);
  now = new Date(now.getTime() + 6_000);
  await deliverDue(messenger);
  expect(mails.map((mail) => mail.to)).toEqual(["good@example.test", "slow@example.test"]);
});

it("takes up what a dead worker was sending, with the same id, and counts out after ten tries", async () => {
  const visit = await clinic.book(await clinic.addPatient());
  let now = new Date();
  const { messenger, mails } = recordingMessenger(db, { clock: () => now, leaseMs: 120_000 });
  const never = { ...messenger, mail: { ...messenger.mail, send: () => new Promise<never>(() => undefined) } };
  void handleAll(never);
  await expect.poll(async () => (await ledger(visit))[0]?.status).toBe("sending");
  const [row] = await owner<
    Array<{ id: string }>
  >`select id from notifications where appointment_id = ${visit} and step = 'now'`;

  now = new Date(now.getTime() + 60_000);
  expect(await deliverMessages(messenger, [row!.id])).toEqual(["not_due"]);
  now = new Date(now.getTime() + 61_000);
  await Promise.all([deliverDue(messenger), deliverDue(messenger)]);
  expect(mails.map((mail) => mail.id)).toEqual([row!.id]);

  const failing = recordingMessenger(db, { clock: () => now, onMail: () => retryLater("smtp_421") });
  await owner`update notifications set status = 'pending', attempts = 9, due_at = now() where id = ${row!.id}`;
  now = new Date(now.getTime() + 1_000);
  await deliverMessages(failing.messenger, [row!.id]);
  expect(await ledger(visit)).toMatchObject([{ status: "dead", why: "smtp_421", attempts: 10 }]);
});

it("sends an account's link once, and none where it is not wanted any more", async () => {
  const { messenger, mails } = recordingMessenger(db);
  const userId = await clinic.addUser(`new-${uuidv7()}@example.test`);
  const reset = { id: uuidv7(), topic: "account.password_reset_requested", payload: { userId } };
  await handleEvent(messenger, reset);
  await handleEvent(messenger, reset);
  await handleEvent(messenger, { id: uuidv7(), topic: "account.verification_requested", payload: { userId } });
  expect(mails.map((mail) => mail.subject)).toEqual(["Choose a new password"]);
  expect(mails[0]?.text).toContain(`https://clinic.test/reset?token=password_reset-of-${userId}`);
});

it.each([
  { topic: "appointment.eaten", payload: {} },
  { topic: "constructor", payload: {} },
  { topic: "appointment.booked", payload: { appointmentId: "x", version: 1 } },
  { topic: "account.invited", payload: null },
])("calls $topic with a wrong payload poison", async (event) => {
  const { messenger } = recordingMessenger(db);
  await expect(handleEvent(messenger, { id: uuidv7(), ...event })).rejects.toThrow(PoisonEvent);
});

const planned = async (visits: readonly string[]) =>
  (
    await owner<Array<{ id: string }>>`
      update notifications set status = 'pending', attempts = 0, due_at = now() - interval '1 second'
      where step = 'now' and appointment_id in ${owner(visits as string[])} returning id`
  ).map(({ id }) => id);

it("sends all of a group but the one that cannot be read, which has its ten tries and is dead", async () => {
  const { messenger } = recordingMessenger(db);
  const patients = [await clinic.addPatient(), await clinic.addPatient(), await clinic.addPatient()];
  const visits: string[] = [];
  for (const patient of patients) visits.push(await clinic.book(patient));
  await handleAll(messenger);
  const [, bad = ""] = visits;
  await owner`update patients set contact_sealed = (select contact_sealed from patients where id = ${patients[0] ?? ""}) where id = ${patients[1] ?? ""}`;

  const notificationIds = await planned(visits);
  const { messenger: again, mails } = recordingMessenger(db);
  await handleEvent(again, { id: uuidv7(), topic: "notification.due", payload: { notificationIds } });
  expect(mails).toHaveLength(2);
  expect(await ledger(bad)).toMatchObject([{ status: "pending", attempts: 1 }]);
  await owner`update notifications set attempts = 9, due_at = now() - interval '1 second' where appointment_id = ${bad}`;
  await handleEvent(again, { id: uuidv7(), topic: "notification.due", payload: { notificationIds } });
  expect(mails).toHaveLength(2);
  expect(await ledger(bad)).toMatchObject([{ status: "dead", attempts: 10 }]);
});

it("looks again at a short message that waited for its turn, in a group of them", async () => {
  const { messenger, texts } = recordingMessenger(db);
  const visits: string[] = [];
  for (const phone of ["+12125550171", "+12125550172"])
    visits.push(await clinic.book(await clinic.addPatient({ email: null, phone })));
  await handleAll(messenger);
  expect(texts).toHaveLength(2);

  const ids = await planned(visits);
  let turns = 0;
  const late = recordingMessenger(db, {
    turn: async () => {
      if (turns++ === 0) return true;
      await clinic.cancel(visits.at(-1) ?? "");
      await new Promise((resolve) => setTimeout(resolve, 300));
      return true;
    },
  });
  const order = ids.sort();
  expect(await deliverMessages(late.messenger, order)).toEqual(["sent", "withdrawn"]);
  expect(late.texts.map(({ id }) => id)).toEqual([order[0]]);
});
