import { uuidv7 } from "uuidv7";
import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { clinicForMessages } from "@/tests/support/visits";
import { deliverDue } from "./deliver-due";
import { handleEvent } from "./handle-event";

const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);
/** Midday in New York, so that quiet hours touch nothing but what a test asks for. */
const START = new Date("2031-05-14T16:00:00Z");
const DAY = 86_400_000;
let now = new Date(START.getTime() - 30 * DAY);
const before = (minutes: number) => new Date(START.getTime() - minutes * 60_000);

const { messenger, mails, texts } = recordingMessenger(db, { clock: () => now });

beforeEach(async () => {
  await owner`truncate outbox, appointments, notifications, channel_stops, notification_preferences cascade`;
  await owner`update services set reminder_minutes = '{4320,1440,120}', follow_up_minutes = null`;
  now = new Date(START.getTime() - 30 * DAY);
  for (const list of [mails, texts]) list.length = 0;
});

async function handleAll() {
  const rows = await owner<Array<{ id: string; topic: string; payload: unknown }>>`
    update outbox set done_at = now() where done_at is null returning id, topic, payload`;
  for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) await handleEvent(messenger, row);
  return rows;
}
const at = async (instant: Date) => {
  now = instant;
  await deliverDue(messenger);
};
const steps = async (visit: string) =>
  (
    await owner<Array<{ step: string; channel: string; status: string; why: string | null; due: Date }>>`
      select step, channel, status, error_class as why, due_at as due from notifications
      where appointment_id = ${visit} and kind = 'appointment.reminder' order by appointment_version, channel, due_at`
  ).map(
    ({ step, channel, status, why, due }) => `${channel} ${step} ${status}${why ? ` ${why}` : ` ${due.toISOString()}`}`,
  );
const book = async (person: Parameters<typeof clinic.addPatient>[0] = {}, startsAt = START) => {
  const visit = await clinic.book(await clinic.addPatient(person), { startsAt });
  await handleAll();
  return visit;
};

it("plans the service's steps for each channel and sends each once, when its time has come", async () => {
  const visit = await book({ phone: "+12125550199" });
  const planned = ["2031-05-11T16:00:00.000Z", "2031-05-13T16:00:00.000Z", "2031-05-14T14:00:00.000Z"];
  expect(await steps(visit)).toEqual(
    ["email", "sms"].flatMap((channel) =>
      ["before_4320", "before_1440", "before_120"].map((step, i) => `${channel} ${step} pending ${planned[i]}`),
    ),
  );
  mails.length = 0;
  texts.length = 0;
  await at(before(4_321));
  expect(mails).toHaveLength(0);
  await at(before(4_320));
  await at(before(4_319));
  expect(mails.map((mail) => mail.subject)).toEqual(["Appointment reminder"]);
  expect(mails[0]?.text).toContain("Wednesday 14 May 2031 at midday (Eastern Time)");
  expect(mails[0]?.calendar).toBeUndefined();
  expect(texts[0]?.body).toContain("Reminder");
  // Whole words: four letters in a row come about in a random link, too.
  expect(JSON.stringify([mails, texts])).not.toMatch(/\b(oncology|canary|lump|prado)\b/i);
  await at(before(1_440));
  await at(before(120));
  expect([mails.length, texts.length]).toEqual([3, 3]);
});

it("skips what is past for a visit booked late, and sends one where several are due at once", async () => {
  now = before(1_500);
  const visit = await book();
  expect((await steps(visit)).map((line) => line.split(" ")[1])).toEqual(["before_1440", "before_120"]);
  mails.length = 0;
  await at(before(60));
  expect(mails).toHaveLength(1);
  expect(await steps(visit)).toEqual([
    "email before_1440 withdrawn passed_over",
    expect.stringMatching("before_120 sent"),
  ]);
});

it("plans anew when the visit moves and takes back the old, in whatever order the events come", async () => {
  const visit = await clinic.book(await clinic.addPatient(), { startsAt: START });
  const [booked] = await owner`select id, topic, payload from outbox`;
  await clinic.move(visit, new Date(START.getTime() + DAY));
  await handleAll();
  await handleEvent(messenger, booked as never);
  expect((await steps(visit)).map((line) => line.split(" ")[2])).toEqual(["pending", "pending", "pending"]);
  expect((await steps(visit))[0]).toContain("2031-05-12T16:00");

  const other = await book({}, new Date(START.getTime() + 3_600_000));
  await clinic.move(other, new Date(START.getTime() + 2 * DAY));
  await handleAll();
  const lines = await steps(other);
  expect(lines.slice(0, 3).map((line) => line.split(" ").slice(2).join(" "))).toEqual(
    Array(3).fill("withdrawn superseded"),
  );
  expect(lines.slice(3).map((line) => line.split(" ")[2])).toEqual(Array(3).fill("pending"));
});

it("says no more of a visit that is cancelled, confirmed or begun", async () => {
  const visits = [
    await book(),
    await book({}, new Date(START.getTime() + 3_600_000)),
    await book({}, new Date(START.getTime() + 7_200_000)),
  ];
  await clinic.cancel(visits[0]!);
  await clinic.confirm(visits[1]!);
  await clinic.setStatus(visits[2]!, "arrived");
  await handleAll();
  const words = await Promise.all(visits.map(async (visit) => (await steps(visit)).map((line) => line.split(" ")[3])));
  expect(words).toEqual([Array(3).fill("cancelled"), Array(3).fill("confirmed"), Array(3).fill("arrived")]);
});

it("reads the visit again when it sends, though no event has come yet", async () => {
  const [cancelled, confirmed, kept] = [
    await book(),
    await book({}, new Date(START.getTime() + 3_600_000)),
    await book({}, new Date(START.getTime() + 7_200_000)),
  ];
  mails.length = 0;
  await clinic.cancel(cancelled);
  await clinic.confirm(confirmed);
  await at(new Date(START.getTime() + 7_200_000 - 4_320 * 60_000));
  expect(mails).toHaveLength(1);
  expect((await steps(cancelled))[0]).toBe("email before_4320 withdrawn cancelled");
  expect((await steps(confirmed))[0]).toBe("email before_4320 withdrawn confirmed");
  expect((await steps(kept))[0]).toMatch("before_4320 sent");
});

it("goes by the reader's own wishes: channel, lead times and quiet hours in their zone", async () => {
  const userId = await clinic.addUser(`wishes-${uuidv7()}@example.test`);
  await owner`insert into notification_preferences (user_id, channel, enabled, lead_minutes, quiet_from, quiet_until)
    values (${userId}, 'email', false, null, null, null), (${userId}, 'sms', true, '{600,60}', '22:00', '09:30')`;
  const patient = await clinic.addPatient({ phone: "+12125550142", userId });
  await owner`update patients set time_zone = 'America/Los_Angeles' where id = ${patient}`;
  const visit = await clinic.book(patient, { startsAt: new Date("2031-05-14T20:00:00Z") });
  await handleAll();
  // 13.00 in Los Angeles: ten hours before is 3.00 there, so half past nine.
  expect(await steps(visit)).toEqual([
    "sms before_600 pending 2031-05-14T16:30:00.000Z",
    "sms before_60 pending 2031-05-14T19:00:00.000Z",
  ]);
});

it("lets a late reminder wait for the end of quiet hours, and counts that as no try", async () => {
  const visit = await book({}, new Date("2031-05-16T16:00:00Z"));
  mails.length = 0;
  // A worker that was away until 23.00 in New York.
  await at(new Date("2031-05-14T03:00:00Z"));
  expect(mails).toHaveLength(0);
  expect((await steps(visit))[0]).toBe("email before_4320 pending 2031-05-14T12:00:00.000Z");
  await at(new Date("2031-05-14T12:00:00Z"));
  expect(mails).toHaveLength(1);
});

it("heeds a channel that was switched off or stopped after planning", async () => {
  const patient = await clinic.addPatient({ phone: "+12125550177" });
  const visit = await clinic.book(patient, { startsAt: START });
  await handleAll();
  await owner`insert into channel_stops (patient_id, channel, reason) values (${patient}, 'sms', 'stop')`;
  mails.length = 0;
  texts.length = 0;
  await at(before(4_320));
  expect([mails.length, texts.length]).toEqual([1, 0]);
  expect((await steps(visit)).filter((line) => line.startsWith("sms before_4320"))).toEqual([
    "sms before_4320 withdrawn switched_off",
  ]);
});

it("writes after the visit where the service says so, to those who came", async () => {
  await owner`update services set follow_up_minutes = 60`;
  const [came, absent] = [await book(), await book({}, new Date(START.getTime() + 3_600_000))];
  mails.length = 0;
  now = new Date(START.getTime() + 1_800_000);
  await clinic.setStatus(came, "fulfilled");
  await clinic.setStatus(absent, "no_show");
  const rows = await handleAll();
  for (const row of rows) await handleEvent(messenger, row);
  await at(new Date(START.getTime() + 89 * 60_000));
  expect(mails).toHaveLength(0);
  await at(new Date(START.getTime() + 90 * 60_000));
  await at(new Date(START.getTime() + 91 * 60_000));
  expect(mails.map((mail) => mail.subject)).toEqual(["After your appointment"]);
});

it("plans nothing for a visit that was written down after the fact", async () => {
  now = new Date(START.getTime() + 10 * DAY);
  await owner`update services set follow_up_minutes = 60`;
  const visit = await book();
  await clinic.setStatus(visit, "fulfilled");
  await handleAll();
  expect(await owner`select from notifications where step <> 'now'`).toHaveLength(0);
});
