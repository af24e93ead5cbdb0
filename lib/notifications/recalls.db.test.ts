import { uuidv7 } from "uuidv7";
import { beforeEach, expect, it } from "vitest";
import { systemContext } from "@/lib/platform/context";
import { setConsent } from "@/lib/privacy/set-consent";
import { lookForRecalls } from "@/lib/recalls/look-for-recalls";
import { noteAsked } from "@/lib/recalls/note-asked";
import { listRecalls } from "@/lib/recalls/queries";
import { type RecallTableInput, recallTable } from "@/lib/recalls/recall-table";
import { saveRecall } from "@/lib/recalls/save-recall";
import type { SaveRecallInput } from "@/lib/recalls/schemas";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { peopleOf } from "@/tests/support/people";
import { valueFrom } from "@/tests/support/records";
import { clinicForMessages } from "@/tests/support/visits";
import { askRecalls } from "./ask-patients";
import { deliverDue } from "./deliver-due";
import { useLink as actOnLink, readLink } from "./use-link";

const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);
/** Midday in New York. */
const LAST = new Date("2031-01-14T17:00:00Z");
const DAY = 86_400_000;
const after = (days: number) => new Date(LAST.getTime() + days * DAY);
let now = LAST;
const { messenger, mails, texts } = recordingMessenger(db, { clock: () => now });
const system = () => systemContext(db, "recalls", now);
const codeOf = async (result: Promise<{ ok: boolean; code?: string }>) => (await result).code;

beforeEach(async () => {
  await owner`truncate outbox, appointments, notifications, recalls, consents, channel_stops, patients cascade`;
  for (const list of [mails, texts]) list.length = 0;
  now = after(366);
});

const make = (more: Partial<SaveRecallInput> = {}) =>
  valueFrom(
    saveRecall(system(), {
      ...{ name: "Yearly check", serviceId: clinic.serviceId, months: 12, countsAnyVisit: true, active: true },
      ...more,
    }),
  );
let minutes = 0;
/** Somebody whose only visit was on `at`. */
async function been(person: Parameters<typeof clinic.addPatient>[0] = {}, at = LAST) {
  const patientId = await clinic.addPatient(person);
  // Nobody is in two places at once.
  const visit = await clinic.book(patientId, { startsAt: new Date(at.getTime() + (minutes++ % 40) * 1_800_000) });
  await clinic.setStatus(visit, "fulfilled");
  return { patientId, visit };
}
const agree = (patientId: string, given = true) =>
  valueFrom(setConsent(system(), { patientId, kind: "recalls", given }));
async function ask(at = now) {
  now = at;
  await lookForRecalls(system());
  await askRecalls(messenger);
  await deliverDue(messenger);
}
const counts = async () => {
  const [one] = await valueFrom(listRecalls(system()));
  return [one?.due, one?.agreed, one?.asked];
};
const table = async (more: Partial<RecallTableInput> = {}) => {
  const query = { when: "open", sort: "last", descending: false, page: 1, size: 25, ...more } as const;
  return (await valueFrom(recallTable(system(), query))).items;
};

it("writes to those who agreed and have not been for so long, once, and tells what it found", async () => {
  await make();
  const agreed = await been({ phone: "+12125550199" });
  await agree(agreed.patientId);
  await been();
  const recent = await been({}, after(200));
  await agree(recent.patientId);
  await ask();
  await ask(after(368));
  expect([mails.length, texts.length]).toEqual([1, 0]);
  expect(mails[0]?.text).toContain(`https://clinic.test/find?service=${clinic.serviceId}\n`);
  expect(mails[0]?.text).not.toMatch(/\b(oncology|canary|lump)\b/i);
  expect(await counts()).toEqual([2, 1, 1]);
});

it("asks again after as many months, and not at all who has come, booked or changed their mind", async () => {
  await make({ months: 6 });
  const people = [await been(), await been(), await been(), await been()];
  now = after(1);
  for (const { patientId } of people) await agree(patientId);
  await ask(after(190));
  expect(mails).toHaveLength(4);
  const [, booked, came, left] = people;
  await clinic.book(booked!.patientId, { startsAt: after(500) });
  await agree(left!.patientId, false);
  const visit = await clinic.book(came!.patientId, { startsAt: after(300) });
  await clinic.setStatus(visit, "fulfilled");
  await ask(after(360));
  expect(mails).toHaveLength(4);
  await ask(after(376));
  expect(mails).toHaveLength(5);
  expect((await table({ when: "all" })).map(({ patient, contact }) => [patient.id, contact])).toEqual([
    [people[0]!.patientId, "message"],
    [left!.patientId, "none"],
  ]);
});

it("counts the service alone, or a doctor's, a place's and an age's patients, where the recall says so", async () => {
  const young = await been();
  await owner`update patients set date_of_birth = '2025-06-01' where id = ${young.patientId}`;
  const old = await been();
  await owner`update patients set date_of_birth = '1970-06-01' where id = ${old.patientId}`;
  const found = async (more: Partial<SaveRecallInput>) => {
    await owner`truncate recalls cascade`;
    await make(more);
    await lookForRecalls(system());
    return (await table()).map(({ patient }) => patient.id).sort();
  };
  const [both, other] = [[young.patientId, old.patientId].sort(), uuidv7()];
  await owner`insert into services (id, name, duration_minutes, slot_step_minutes) values (${other}, 'Other', 30, 30)`;
  expect(await found({})).toEqual(both);
  expect(await found({ serviceId: other })).toEqual(both);
  expect(await found({ serviceId: other, countsAnyVisit: false })).toEqual([]);
  expect(await found({ countsAnyVisit: false })).toEqual(both);
  expect(await found({ minAge: 60 })).toEqual([old.patientId]);
  expect(await found({ maxAge: 59 })).toEqual([young.patientId]);
  expect(await found({ doctorId: clinic.doctorId, locationId: clinic.locationId })).toEqual(both);
  const [doctorId, locationId] = [uuidv7(), uuidv7()];
  await owner`insert into doctors (id, name) values (${doctorId}, 'Dr. Else')`;
  await owner`insert into locations (id, name, time_zone) values (${locationId}, 'Elsewhere', 'UTC')`;
  expect(await found({ doctorId })).toEqual([]);
  expect(await found({ locationId })).toEqual([]);
  expect(await codeOf(saveRecall(system(), { ...(await make()), doctorId: uuidv7() } as never))).toBe(
    "validation_failed",
  );
});

it("asks twenty a minute however many workers there are, by day only, and one list at a time", async () => {
  await make();
  await make({ name: "A second list" });
  const people: string[] = [];
  for (let count = 0; count < 23; count++) people.push((await been()).patientId);
  await Promise.all(people.map((patientId) => agree(patientId)));
  while ((await lookForRecalls(system())) > 0) {}
  now = new Date(after(366).getTime() + 8 * 3_600_000);
  await askRecalls(messenger);
  expect(await owner`select from notifications where kind = 'appointment.recall_due'`).toHaveLength(0);
  // Those who were looked at wait for the morning there: nine o'clock in New York.
  const [waiting] =
    await owner`select min(ask_from) as first, count(*)::int as count from recall_patients where ask_from > ${now}`;
  expect(waiting).toEqual({ first: new Date("2032-01-16T14:00:00Z"), count: 20 });
  const asked = async () =>
    Number((await owner`select count(*) from notifications where kind = 'appointment.recall_due'`)[0]?.count);
  now = new Date("2032-01-16T14:00:00Z");
  await Promise.all([askRecalls(messenger), askRecalls(messenger), askRecalls(messenger)]);
  const first = await asked();
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(20);
  for (let turn = 1; turn < 6; turn++) {
    now = new Date(now.getTime() + 61_000);
    await askRecalls(messenger);
  }
  expect(await asked()).toBe(23);
  expect(await owner`select from recall_patients where ask_from is not null`).toHaveLength(0);
});

it("takes back what nobody wants any more by the time it goes", async () => {
  await make();
  const [agreed, booked] = [await been(), await been()];
  for (const { patientId } of [agreed, booked]) await agree(patientId);
  await lookForRecalls(system());
  await askRecalls(messenger);
  await agree(agreed.patientId, false);
  await clinic.book(booked.patientId, { startsAt: after(400) });
  await deliverDue(messenger);
  expect(mails).toHaveLength(0);
  const rows =
    await owner`select error_class as why from notifications where kind = 'appointment.recall_due' order by error_class`;
  expect(rows.map(({ why }) => why)).toEqual(["booked", "no_consent"]);
});

it("has a link that ends it: looking changes nothing, pressing takes the consent back, once", async () => {
  await make();
  const { patientId } = await been();
  await agree(patientId);
  await ask();
  const [, token = ""] = /\/a\/([\w-]{22})/.exec(mails[0]?.text ?? "") ?? [];
  const anonymous = { ...peopleOf(db, owner, now).anonymous, requestId: uuidv7() };
  for (let looks = 0; looks < 3; looks++)
    expect(await valueFrom(readLink(anonymous, { token }))).toMatchObject({ act: "unsubscribe", state: "open" });
  const decisions = async () =>
    (await owner`select decision, place from consents where patient_id = ${patientId} order by at, id`).map(
      ({ decision, place }) => `${decision} ${place}`,
    );
  expect(await decisions()).toEqual(["given clinic"]);
  now = after(380);
  const later = { ...anonymous, now };
  await valueFrom(actOnLink(later, { token }));
  expect(await codeOf(actOnLink(later, { token }))).toBe("conflict");
  expect(await valueFrom(readLink(later, { token }))).toMatchObject({ state: "used" });
  expect(await decisions()).toEqual(["given clinic", "withdrawn link"]);
  expect(await counts()).toEqual([1, 0, 1]);
});

it("shows reception how each may be asked, and notes who was called", async () => {
  const recall = await make();
  const [unasked, refused, silent, agreed] = [
    await been({ phone: "+12125550199" }),
    await been({ phone: "+12125550198" }),
    await been({ email: null }),
    await been(),
  ];
  await agree(refused.patientId);
  await agree(refused.patientId, false);
  await agree(agreed.patientId);
  await lookForRecalls(system());
  const shown = new Map((await table()).map((row) => [row.patient.id, row]));
  expect(shown.get(unasked.patientId)).toMatchObject({ contact: "phone", consent: null, phone: "+12125550199" });
  expect(shown.get(refused.patientId)).toMatchObject({ contact: "none", consent: false, phone: null });
  expect(shown.get(silent.patientId)).toMatchObject({ contact: "none" });
  expect(shown.get(agreed.patientId)).toMatchObject({ contact: "message", consent: true });
  expect((await table({ contact: "phone" })).map(({ patient }) => patient.id)).toEqual([unasked.patientId]);
  const people = peopleOf(db, owner, now);
  const [patient, doctor, reception] = [
    await people.patient(),
    await people.doctor(),
    await people.staff("receptionist"),
  ];
  const one = { recallId: recall.id, patientId: unasked.patientId };
  for (const nobody of [patient, doctor]) {
    expect(await codeOf(noteAsked(nobody, one))).toBe("forbidden");
    expect(await codeOf(recallTable(nobody, { when: "all", sort: "last", descending: false, page: 1, size: 5 }))).toBe(
      "forbidden",
    );
  }
  for (const nobody of [patient, doctor, reception]) expect(await codeOf(listRecalls(nobody))).toBe("forbidden");
  await valueFrom(noteAsked(reception, one));
  expect(await codeOf(noteAsked(reception, { ...one, patientId: uuidv7() }))).toBe("not_found");
  expect((await table({ contact: "phone" })).length).toBe(0);
  expect((await table({ when: "asked" })).map((row) => row.patient.id)).toEqual([unasked.patientId]);
});

it("looks at everybody once a day, goes on where it was broken off, and finds anew what has changed", async () => {
  const recall = await make();
  await been();
  expect(await lookForRecalls(system())).toBeGreaterThan(0);
  expect(await lookForRecalls(system())).toBe(0);
  now = after(367.5);
  expect(await lookForRecalls(system())).toBeGreaterThan(0);
  await valueFrom(saveRecall(system(), { ...recall, months: 24 }));
  expect(await codeOf(saveRecall(system(), { ...recall, expectedVersion: 1 } as never))).toBe("version_conflict");
  await lookForRecalls(system());
  expect(await table()).toEqual([]);
});
