import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { updateSettings } from "@/lib/clinic/update-settings";
import { createException } from "@/lib/doctors/create-exception";
import { deleteException } from "@/lib/doctors/delete-exception";
import type { Actor } from "@/lib/domain/actor";
import type { Result } from "@/lib/domain/result";
import { MAX_OFFERS_A_DAY } from "@/lib/domain/waitlist";
import { handleEvent } from "@/lib/notifications/handle-event";
import { type Context, systemContext } from "@/lib/platform/context";
import { clinicMaker, type TestPatient } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { acceptOffer } from "./accept-offer";
import { readWaiting } from "./candidates";
import { declineOffer } from "./decline-offer";
import { expireOffers } from "./expire-offers";
import { freedByVisit } from "./freed-by-visit";
import { joinWaitlist, MAX_WISHES } from "./join-waitlist";
import { leaveWaitlist } from "./leave-waitlist";
import { listWaitlist } from "./list-waitlist";
import { offerFreedTime } from "./offer-freed-time";

vi.mock("./candidates", { spy: true });

const { db, owner } = await testDb();
const make = clinicMaker(owner);
/** Ten in the morning, so that nobody's quiet hours are on. */
const now = new Date("2031-03-03T10:00:00Z");
const at = (hour: string, day = 5) => new Date(`2031-03-0${day}T${hour}:00Z`);
const minutesOn = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const as = (actor: Actor, when = now): Context => ({ db, actor, now: when, requestId: randomUUID() });
const job = (when = now) => systemContext(db, "waitlist", when);

const locationId = await make.location();
// One after the other; rounds.db.test.ts is about several at once.
await value(updateSettings(as(await make.staff("admin")), { offerBatchSize: 1 }));
let serviceId: string;
let doctor: Awaited<ReturnType<typeof make.doctor>>;
let [ana, bo, cem, staff]: [TestPatient, TestPatient, TestPatient, Actor] = [] as never;

beforeEach(fresh);
async function fresh() {
  await owner`truncate outbox, waitlist_entries, appointments, notifications cascade`;
  serviceId = await make.service();
  // One time a day, so that a day that is booked is full.
  doctor = await make.doctor({ locationId, serviceIds: [serviceId], start: "09:00", end: "09:30" });
  [ana, bo, cem] = [await make.patient(), await make.patient(), await make.patient()];
  staff = await make.staff("receptionist");
}

async function value<T>(work: Promise<Result<T>>): Promise<T> {
  const result = await work;
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}
const days = { from: "2031-03-03", to: "2031-03-31" };
const join = (who: TestPatient, more: object = {}, when = now) =>
  value(joinWaitlist(as(who.actor, when), { serviceId, ...days, ...more }));
const book = (who: TestPatient, start = at("09:00")) =>
  value(bookAppointment(as(who.actor), { serviceId, doctorId: doctor.id, start }));
const freed = (day = 5) => ({ doctorId: doctor.id, from: at("09:00", day), to: at("09:30", day) });
const offer = (when = now, day = 5) => value(offerFreedTime(job(when), freed(day)));
const offers = () => owner<{ id: string; patient: string; status: string }[]>`
  select id, patient_id as patient, status from waitlist_offers order by created_at, id`;
const open = async () => {
  const [one] = (await offers()).filter(({ status }) => status === "open");
  if (!one) throw new Error("nothing is offered");
  return one;
};
const topics = async () => (await owner`select topic from outbox order by id`).map(({ topic }) => topic);

describe("an offer", () => {
  it("goes to who has waited longest, holds its time, and becomes a visit", async () => {
    const visit = await book(cem);
    await join(ana, {}, new Date(now.getTime() - 1_000));
    await join(bo);
    expect(await offer()).toBe(0);
    const { version } = await value(cancelAppointment(as(cem.actor), { id: visit.id }));
    const time = await freedByVisit(job(), { appointmentId: visit.id, version });
    expect(time).toEqual(freed());
    await owner`truncate outbox`;
    expect(await value(offerFreedTime(job(), freed()))).toBe(1);
    expect(await topics()).toEqual(["appointment.offered"]);
    const { id, patient } = await open();
    expect(patient).toBe(ana.id);
    const other = await bookAppointment(as(cem.actor), { serviceId, doctorId: doctor.id, start: at("09:00") });
    expect(other).toMatchObject({ ok: false, code: "slot_unavailable" });
    const list = await value(listWaitlist(as(ana.actor), {}));
    expect(list.items).toMatchObject([{ offer: { id, start: at("09:00").toISOString(), doctor: { id: doctor.id } } }]);

    const accepted = await value(acceptOffer(as(ana.actor, minutesOn(5)), { id }));
    expect(accepted).toMatchObject({ status: "booked", patient: { id: ana.id }, start: at("09:00").toISOString() });
    expect(await value(acceptOffer(as(ana.actor, minutesOn(6)), { id }))).toMatchObject({ id: accepted.id });
    expect((await value(listWaitlist(as(staff), {}))).items.map(({ status }) => status)).toEqual([
      "waiting",
      "fulfilled",
    ]);
  });

  it("goes on to the next when it is declined, expires, or its wish leaves, and never back to whoever had it", async () => {
    for (const [index, who] of [ana, bo, cem].entries()) await join(who, {}, new Date(now.getTime() + index));
    await offer();
    const { id } = await open();
    expect(await declineOffer(as(bo.actor), { id })).toMatchObject({ ok: false, code: "not_found" });
    await value(declineOffer(as(ana.actor), { id }));
    await value(declineOffer(as(ana.actor), { id }));
    expect((await topics()).filter((topic) => topic === "time.freed")).toHaveLength(1);
    await offer();
    expect((await open()).patient).toBe(bo.id);
    expect(await value(expireOffers(job(minutesOn(119))))).toBe(0);
    expect(await value(expireOffers(job(minutesOn(121))))).toBe(1);
    await offer(minutesOn(121));
    expect((await open()).patient).toBe(cem.id);
    const [wish] = (await value(listWaitlist(as(cem.actor), {}))).items;
    await value(leaveWaitlist(as(cem.actor, minutesOn(122)), { id: wish?.id as string }));
    expect(await offer(minutesOn(123))).toBe(0);
    expect((await offers()).map(({ status }) => status)).toEqual(["declined", "expired", "withdrawn"]);
    expect(await owner`select from appointments`).toHaveLength(0);
  });

  it("is made of each time of one event, and of no more than a patient may get in a day, though who waits is read once", async () => {
    for (let wish = 0; wish <= MAX_OFFERS_A_DAY; wish++) await join(ana, {}, new Date(now.getTime() - 10_000 + wish));
    await join(bo);
    vi.mocked(readWaiting).mockClear();
    const week = { doctorId: doctor.id, from: at("09:00", 4), to: at("09:30", 9) };
    expect(await value(offerFreedTime(job(), week))).toBe(MAX_OFFERS_A_DAY + 1);
    expect(readWaiting).toHaveBeenCalledTimes(1);
    const asked = (await offers()).map(({ patient }) => patient);
    expect(asked.filter((patient) => patient === ana.id)).toHaveLength(MAX_OFFERS_A_DAY);
    expect(asked.filter((patient) => patient === bo.id)).toHaveLength(1);
  });

  it("tells who comes too late of other times", async () => {
    await join(ana);
    await offer();
    const { id } = await open();
    const late = await acceptOffer(as(ana.actor, minutesOn(121)), { id });
    expect(late).toMatchObject({ ok: false, code: "slot_unavailable" });
    expect((late as { data?: { nearest?: unknown[] } }).data?.nearest).toHaveLength(3);
  });

  it("waits until those who sleep wake up", async () => {
    await owner`update patients set time_zone = 'Pacific/Auckland' where id = ${ana.id}`;
    await join(ana);
    expect(await offer()).toBe(0);
    const [again] = await owner`select payload, available_at as "availableAt" from outbox where topic = 'time.freed'`;
    expect(again).toMatchObject({ payload: { doctorId: doctor.id }, availableAt: new Date("2031-03-03T19:00:00Z") });
    expect(await offer(new Date("2031-03-03T19:00:00Z"))).toBe(1);
  });

  it("is made when leave is taken back, and when hours are added", async () => {
    await join(ana);
    const doctorId = doctor.id;
    const leave = await value(
      createException(as(staff), { doctorId, kind: "leave", from: "2031-03-05", to: "2031-03-05" }),
    );
    expect(await topics()).toEqual([]);
    await value(deleteException(as(staff), { doctorId, id: leave.id }));
    await value(
      createException(as(staff), {
        ...{ doctorId, kind: "extra", locationId, from: "2031-03-06T12:00:00Z", to: "2031-03-06T13:00:00Z" },
      }),
    );
    expect((await owner`select payload from outbox order by id`).map(({ payload }) => payload)).toEqual([
      { doctorId, from: "2031-03-05T00:00:00.000Z", to: "2031-03-06T00:00:00.000Z" },
      { doctorId, from: "2031-03-06T12:00:00.000Z", to: "2031-03-06T13:00:00.000Z" },
    ]);
  });
});

it("hears of a cancelled visit by its event, and writes to whose turn it is, once", async () => {
  const { messenger, mails, texts } = recordingMessenger(db, { clock: () => now });
  const visit = await book(cem);
  await join(ana);
  await value(cancelAppointment(as(cem.actor), { id: visit.id }));
  const handle = async () => {
    const events = await owner<{ id: string; topic: string; payload: unknown }[]>`
      delete from outbox returning id, topic, payload`;
    for (const event of events.sort((a, b) => (a.id < b.id ? -1 : 1)))
      for (const twice of [event, event]) await handleEvent(messenger, twice);
  };
  await handle();
  await handle();
  const [mail, ...others] = mails.filter(({ subject }) => subject === "A time has become free for you");
  expect(others).toEqual([]);
  expect(mail?.to).toBe(`${ana.userId}@test.example`);
  expect(mail?.text).toContain("Please answer by: Monday 3 March 2031 at midday");
  expect(mail?.text).toContain("https://clinic.test/visits");
  expect(mail?.calendar).toBeUndefined();
  expect(texts).toEqual([]);
  await value(acceptOffer(as(ana.actor), { id: (await open()).id }));
  await handle();
  expect(mails.at(-1)).toMatchObject({ subject: "Appointment confirmation" });
});

it("keeps what was written about an offer when its hold is given back", async () => {
  const { messenger } = recordingMessenger(db, { clock: () => now });
  await join(ana);
  await offer();
  const events = await owner<{ id: string; topic: string; payload: unknown }[]>`
    delete from outbox where topic = 'appointment.offered' returning id, topic, payload`;
  for (const event of events) await handleEvent(messenger, event);
  const written = () => owner<{ id: string; kind: string; status: string }[]>`
    select id, kind, status from notifications where patient_id = ${ana.id} order by id`;
  const before = await written();
  expect(before).toMatchObject([{ kind: "appointment.offered", status: "sent" }]);
  await value(declineOffer(as(ana.actor), { id: (await open()).id }));
  expect(await owner`select from appointments`).toHaveLength(0);
  expect(await written()).toEqual(before);
});

describe("a wish for an earlier time", () => {
  it("moves its visit there, and the old time is offered on", async () => {
    const visit = await book(ana, at("09:00", 7));
    await join(ana, { earlierThan: visit.id });
    await join(bo);
    expect(await offer(now, 8)).toBe(1);
    expect((await open()).patient).toBe(bo.id);
    await value(declineOffer(as(bo.actor), { id: (await open()).id }));
    await offer();
    const { id, patient } = await open();
    expect(patient).toBe(ana.id);
    const moved = await value(acceptOffer(as(ana.actor), { id }));
    expect(moved).toMatchObject({ id: visit.id, reference: visit.reference, start: at("09:00").toISOString() });
    const time = await freedByVisit(job(), { appointmentId: visit.id, version: moved.version });
    expect(time).toEqual(freed(7));
    expect(await value(offerFreedTime(job(), freed(7)))).toBe(1);
    expect((await open()).patient).toBe(bo.id);
  });

  it("ends with its visit", async () => {
    const visit = await book(ana, at("09:00", 7));
    await join(ana, { earlierThan: visit.id });
    await value(cancelAppointment(as(ana.actor), { id: visit.id }));
    expect(await offer()).toBe(0);
    expect(await value(expireOffers(job()))).toBe(1);
    expect((await value(listWaitlist(as(ana.actor), {}))).items).toMatchObject([{ status: "lapsed" }]);
  });
});

describe("joining", () => {
  it("is for one's own and those whom one books for, and ends at so many wishes", async () => {
    const wish = { serviceId, ...days };
    expect(await joinWaitlist(as(ana.actor), { ...wish, patientId: bo.id })).toMatchObject({ code: "not_found" });
    expect(await joinWaitlist(as(staff), wish)).toMatchObject({ code: "validation_failed" });
    const visit = await book(bo);
    expect(await joinWaitlist(as(ana.actor), { ...wish, earlierThan: visit.id })).toMatchObject({ code: "not_found" });
    expect(await joinWaitlist(as(ana.actor), { ...wish, from: "2031-01-01", to: "2031-03-01" })).toMatchObject({
      code: "validation_failed",
    });
    const both = await Promise.all(
      Array.from({ length: MAX_WISHES + 3 }, () => joinWaitlist(as(staff), { ...wish, patientId: ana.id })),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(MAX_WISHES);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ code: "policy_refused", data: { reason: "too_many_wishes" } });
    const mine = await value(listWaitlist(as(ana.actor), { limit: 2 }));
    expect(mine.items).toHaveLength(2);
    expect((await value(listWaitlist(as(bo.actor), {}))).items).toEqual([]);
    const rest = await value(listWaitlist(as(ana.actor), { cursor: mine.nextCursor as string }));
    expect(rest.items).toHaveLength(MAX_WISHES - 2);
  });
});

describe("at the same moment", () => {
  it("two accept one offer: one visit, and both are told of it", async () => {
    await join(ana);
    await offer();
    const { id } = await open();
    const both = await Promise.all(Array.from({ length: 8 }, () => value(acceptOffer(as(ana.actor), { id }))));
    expect(new Set(both.map((visit) => visit.id)).size).toBe(1);
    expect(await owner`select from appointments`).toHaveLength(1);
    expect((await topics()).filter((topic) => topic === "appointment.booked")).toHaveLength(1);
  });

  it("two workers hear of one freed time: one offer", async () => {
    for (const who of [ana, bo, cem]) await join(who);
    await Promise.all(Array.from({ length: 6 }, () => offerFreedTime(job(), freed())));
    expect(await offers()).toHaveLength(1);
    expect(await owner`select from appointments where status = 'held'`).toHaveLength(1);
  });

  it("one accepts as it expires: a visit or the next in turn, never both and never neither", async () => {
    for (let round = 0; round < 8; round++) {
      await fresh();
      await join(ana, {}, new Date(now.getTime() - 1_000));
      await join(bo);
      await offer();
      const { id } = await open();
      const [accepted] = await Promise.all([
        acceptOffer(as(ana.actor, minutesOn(119)), { id }),
        expireOffers(job(minutesOn(121))),
        expireOffers(job(minutesOn(121))),
      ]);
      await offer(minutesOn(121));
      const statuses = (await offers()).map(({ status }) => status);
      expect(statuses).toEqual(accepted.ok ? ["accepted"] : ["expired", "open"]);
      expect(await owner`select from appointments`).toHaveLength(1);
    }
  });

  it("one books what is being offered: one of them has it", async () => {
    for (let round = 0; round < 5; round++) {
      await fresh();
      await join(ana);
      const [booked, made] = await Promise.all([
        bookAppointment(as(cem.actor), { serviceId, doctorId: doctor.id, start: at("09:00") }),
        offer(),
      ]);
      expect(made).toBe(booked.ok ? 0 : 1);
      expect(await owner`select from appointments`).toHaveLength(1);
    }
  });
});
