import { beforeEach, expect, it } from "vitest";
import { getNextVisit, listNextVisits } from "@/lib/next-visits/queries";
import { setNextVisit } from "@/lib/next-visits/set-next-visit";
import { systemContext } from "@/lib/platform/context";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { peopleOf } from "@/tests/support/people";
import { valueFrom } from "@/tests/support/records";
import { clinicForMessages } from "@/tests/support/visits";
import { askNextVisits } from "./ask-patients";
import { deliverDue } from "./deliver-due";
import { handleEvent } from "./handle-event";

const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);
/** Midday in New York: Tuesday 14 January 2031. */
const START = new Date("2031-01-14T17:00:00Z");
const DAY = 86_400_000;
const after = (days: number) => new Date(START.getTime() + days * DAY);
let now = START;
const { messenger, mails, texts } = recordingMessenger(db, { clock: () => now });
const system = () => systemContext(db, "test", now);
const codeOf = async (result: Promise<{ ok: boolean; code?: string }>) => (await result).code;

beforeEach(async () => {
  await owner`truncate outbox, appointments, notifications, channel_stops, notification_preferences, settings cascade`;
  await owner`update services set follow_up_minutes = null, reminder_minutes = '{}', next_visit_weeks = 12, next_visit_service_id = null`;
  await owner`insert into doctor_services (doctor_id, service_id) values (${clinic.doctorId}, ${clinic.serviceId}) on conflict do nothing`;
  now = after(-10);
});

async function handleAll() {
  const rows = await owner<Array<{ id: string; topic: string; payload: unknown }>>`
    update outbox set done_at = now() where done_at is null returning id, topic, payload`;
  for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) await handleEvent(messenger, row);
  for (const list of [mails, texts]) list.length = 0;
}
/** A visit that has taken place. */
async function seen(person: Parameters<typeof clinic.addPatient>[0] = {}, startsAt = START) {
  const patientId = await clinic.addPatient(person);
  const visit = await clinic.book(patientId, { startsAt });
  await handleAll();
  now = new Date(startsAt.getTime() + 3_600_000);
  await clinic.setStatus(visit, "fulfilled");
  await handleAll();
  return { patientId, visit };
}
async function at(instant: Date) {
  now = instant;
  await askNextVisits(messenger);
  await deliverDue(messenger);
}
const wish = async (visit: string) =>
  (await owner`select weeks, wished_on::text as day, outcome from next_visits where appointment_id = ${visit}`)[0];
const ledger = async (visit: string) =>
  (
    await owner<{ step: string; channel: string; status: string; why: string | null }[]>`
      select step, channel, status, error_class as why from notifications where appointment_id = ${visit} and kind = 'appointment.next_visit_due' order by id`
  ).map(({ step, channel, status, why }) => [step, channel, status, why].filter(Boolean).join(" "));

it("asks once, two weeks before the day that the service names, with a link that says what is known", async () => {
  const { visit, patientId } = await seen({ phone: "+12125550199" });
  expect(await wish(visit)).toEqual({ weeks: 12, day: "2031-04-08", outcome: null });
  await at(after(69));
  expect(mails).toHaveLength(0);
  await at(after(70));
  await at(after(71));
  expect([mails.length, texts.length]).toEqual([1, 0]);
  expect(mails[0]?.subject).toBe("Time to book your next appointment");
  expect(mails[0]?.text).toContain("about 8 April 2031");
  expect(mails[0]?.text).toContain(
    `https://clinic.test/find?service=${clinic.serviceId}&doctor=${clinic.doctorId}&from=2031-04-01`,
  );
  expect(mails[0]?.text).not.toMatch(/\b(oncology|canary|lump)\b/i);
  expect(await ledger(visit)).toEqual(["weeks_12 email sent"]);
  expect(await wish(visit)).toMatchObject({ outcome: "asked" });
  const [shown] = await valueFrom(listNextVisits(system(), { patientId }));
  expect(shown).toMatchObject({ wishedOn: "2031-04-08", isBookable: true, hasDoctor: true });
});

it("writes to a telephone where there is no address, in no more than two parts", async () => {
  await seen({ email: null, phone: "+12125550199" });
  await at(after(70));
  expect([mails.length, texts.length]).toEqual([0, 1]);
  expect(texts[0]?.body).toMatch(/^Your doctor asks you to come again about 8 April 2031\. Find a time: https:/);
});

it("counts what the doctor says more than the service, and leaves out whom they let go", async () => {
  const { visit } = await seen();
  const other = await seen({}, after(1));
  await valueFrom(setNextVisit(system(), { appointmentId: visit, weeks: 4 }));
  await valueFrom(setNextVisit(system(), { appointmentId: other.visit, weeks: null }));
  await at(after(14));
  expect(await ledger(visit)).toEqual(["weeks_4 email sent"]);
  // Said anew it is asked anew, though never twice for the same.
  await valueFrom(setNextVisit(system(), { appointmentId: visit, weeks: 20 }));
  await valueFrom(setNextVisit(system(), { appointmentId: visit, weeks: 4 }));
  await at(after(15));
  expect(await ledger(visit)).toEqual(["weeks_4 email sent"]);
  await valueFrom(setNextVisit(system(), { appointmentId: visit, weeks: 20 }));
  await at(after(126));
  expect(await ledger(visit)).toEqual(["weeks_4 email sent", "weeks_20 email sent"]);
  expect(await ledger(other.visit)).toEqual([]);
});

it("lets a day pass where the day is near, and counts anew from a visit that has moved", async () => {
  const patientId = await clinic.addPatient();
  const visit = await clinic.book(patientId, { startsAt: START });
  await valueFrom(setNextVisit(system(), { appointmentId: visit, weeks: 1 }));
  await clinic.move(visit, after(3));
  await handleAll();
  now = after(3);
  await clinic.setStatus(visit, "fulfilled");
  await handleAll();
  expect(await wish(visit)).toMatchObject({ weeks: 1, day: "2031-01-24" });
  await at(new Date(after(3).getTime() + 7_200_000));
  expect(await ledger(visit)).toEqual([]);
  await at(new Date(after(4).getTime() + 7_200_000));
  expect(await ledger(visit)).toEqual(["weeks_1 email sent"]);
});

it("asks nobody who has booked, who did not come, or whom nothing reaches, and says so", async () => {
  const booked = await seen();
  await clinic.book(booked.patientId, { startsAt: after(84) });
  const away = await clinic.book(await clinic.addPatient(), { startsAt: after(1) });
  await valueFrom(setNextVisit(system(), { appointmentId: away, weeks: 12 }));
  const silent = await seen({ email: null }, after(2));
  await at(after(80));
  expect([mails.length, texts.length]).toEqual([0, 0]);
  expect((await wish(booked.visit))?.outcome).toBe("booked");
  expect((await wish(away))?.outcome).toBe("not_attended");
  expect((await wish(silent.visit))?.outcome).toBe("unreachable");
  expect(await valueFrom(listNextVisits(system(), { patientId: booked.patientId }))).toEqual([]);
  // Written down late after all.
  await clinic.setStatus(away, "fulfilled");
  await handleAll();
  await at(after(81));
  expect(await ledger(away)).toEqual(["weeks_12 email sent"]);
});

it("takes back what is untrue by the time it goes, and waits out the night", async () => {
  const { visit, patientId } = await seen();
  const night = new Date("2031-03-26T04:00:00Z");
  await at(night);
  expect(await ledger(visit)).toEqual(["weeks_12 email pending"]);
  await clinic.book(patientId, { startsAt: after(80) });
  now = new Date(night.getTime() + DAY / 2);
  await deliverDue(messenger);
  expect(await ledger(visit)).toEqual(["weeks_12 email withdrawn booked"]);
  expect(mails).toHaveLength(0);
});

it("goes to whoever acts for a child, for the child", async () => {
  const userId = await clinic.addUser("parent@example.test");
  const childId = await clinic.addPatient({ email: null, givenName: "Cy" });
  await owner`insert into patient_proxies (id, patient_id, user_id, relationship, capabilities)
    values (gen_random_uuid(), ${childId}, ${userId}, 'parent', '{view,book}')`;
  const visit = await clinic.book(childId, { startsAt: START });
  now = after(0.1);
  await clinic.setStatus(visit, "fulfilled");
  await handleAll();
  await at(after(70));
  expect(mails[0]).toMatchObject({ to: "parent@example.test" });
  expect(mails[0]?.text).toContain("Time to book Cy’s next appointment");
  expect(mails[0]?.text).toContain(`&for=${childId}&doctor=`);
});

it("is said by the visit's own doctor and the clinic alone, of a visit that can have a next one", async () => {
  const { visit } = await seen();
  const people = peopleOf(db, owner, now);
  const [patient, stranger, reception] = [
    await people.patient(),
    await people.doctor(),
    await people.staff("receptionist"),
  ];
  const ask = { appointmentId: visit, weeks: 6 };
  expect(await codeOf(setNextVisit(patient, ask))).toBe("forbidden");
  expect(await codeOf(setNextVisit(stranger, ask))).toBe("not_found");
  expect(await codeOf(getNextVisit(stranger, ask))).toBe("not_found");
  if (stranger.actor.kind !== "user") throw new Error("a doctor is an account");
  const own = people.as({ ...stranger.actor, doctorId: clinic.doctorId });
  await owner`update doctors set user_id = null where user_id = ${stranger.actor.userId}`;
  await owner`update doctors set user_id = ${stranger.actor.userId} where id = ${clinic.doctorId}`;
  await valueFrom(setNextVisit(own, ask));
  await valueFrom(setNextVisit(reception, ask));
  expect(await valueFrom(getNextVisit(own, ask))).toMatchObject({
    said: { weeks: 6, wishedOn: "2031-02-25" },
    rule: { weeks: 12 },
    mayBeSaid: true,
  });
  now = after(50);
  expect(await codeOf(setNextVisit(system(), ask))).toBe("policy_refused");
  const gone = await clinic.book(await clinic.addPatient(), { startsAt: after(60) });
  await clinic.cancel(gone);
  expect(await codeOf(setNextVisit(system(), { appointmentId: gone, weeks: 6 }))).toBe("policy_refused");
});
