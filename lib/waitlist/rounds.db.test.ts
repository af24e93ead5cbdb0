import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { releaseHold } from "@/lib/appointments/release-hold";
import { sweepExpiredHolds } from "@/lib/appointments/sweep-expired-holds";
import { searchSlots } from "@/lib/availability/search-slots";
import { updateSettings } from "@/lib/clinic/update-settings";
import type { Actor } from "@/lib/domain/actor";
import { MAX_OFFERS_A_DAY } from "@/lib/domain/waitlist";
import { handleEvent } from "@/lib/notifications/handle-event";
import { type Context, systemContext } from "@/lib/platform/context";
import { clinicMaker, type TestPatient } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { valueFrom } from "@/tests/support/records";
import { acceptOffer } from "./accept-offer";
import { declineOffer } from "./decline-offer";
import { expireOffers } from "./expire-offers";
import { joinWaitlist } from "./join-waitlist";
import { leaveWaitlist } from "./leave-waitlist";
import { offerFreedTime } from "./offer-freed-time";

const { db, owner } = await testDb();
const make = clinicMaker(owner);
/** Ten in the morning, so that nobody's quiet hours are on. */
const now = new Date("2031-03-03T10:00:00Z");
const at = (hour: string, day = 5) => new Date(`2031-03-0${day}T${hour}:00Z`);
const minutesOn = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const as = (actor: Actor, when = now): Context => ({ db, actor, now: when, requestId: randomUUID() });
const job = (when = now) => systemContext(db, "waitlist", when);
const days = { from: "2031-03-03", to: "2031-03-31" };

const locationId = await make.location();
const [admin, reception] = [await make.staff("admin"), await make.staff("receptionist")];
let serviceId: string;
let doctor: Awaited<ReturnType<typeof make.doctor>>;
let people: TestPatient[] = [];
const who = (index: number) => people[index] as TestPatient;

beforeEach(() => fresh(7));
async function fresh(count: number, size = 3) {
  await owner`truncate outbox, waitlist_entries, appointments, notifications cascade`;
  await valueFrom(updateSettings(as(admin), { offerBatchSize: size }));
  serviceId = await make.service();
  // One time a day, so that a day that is booked is full.
  doctor = await make.doctor({ locationId, serviceIds: [serviceId], start: "09:00", end: "09:30" });
  people = await Promise.all(Array.from({ length: count }, () => make.patient()));
  for (const [index, { actor }] of people.entries())
    await valueFrom(joinWaitlist(as(actor, minutesOn(index - 100)), { serviceId, ...days }));
}

const freed = { from: at("09:00"), to: at("09:30") };
const offer = (when = now) => valueFrom(offerFreedTime(job(when), { doctorId: doctor.id, ...freed }));
type Offer = { id: string; patient: string; status: string };
const offers = () => owner<Offer[]>`select id, patient_id as patient, status from waitlist_offers order by id`;
const openTo = async () => (await offers()).filter(({ status }) => status === "open").map(({ patient }) => patient);
const offerTo = async (index: number) =>
  (await offers()).findLast(({ patient }) => patient === who(index).id)?.id as string;
const accept = async (index: number, when = now) =>
  acceptOffer(as(who(index).actor, when), { id: await offerTo(index) });
const decline = async (index: number) => valueFrom(declineOffer(as(who(index).actor), { id: await offerTo(index) }));
const ids = (...indexes: number[]) => indexes.map((index) => who(index).id).sort();
const visits = () => owner<{ status: string; patient: string | null }[]>`
  select status, patient_id as patient from appointments`;
const freedEvents = async () => (await owner`select from outbox where topic = 'time.freed'`).length;
const book = (actor: Actor, more: object = {}) =>
  bookAppointment(as(actor), { serviceId, doctorId: doctor.id, start: freed.from, ...more });

describe("a round", () => {
  it("asks the first three in turn at once, and keeps the time from everybody else", async () => {
    expect(await offer()).toBe(3);
    expect((await openTo()).sort()).toEqual(ids(0, 1, 2));
    expect(await visits()).toEqual([{ status: "held", patient: null }]);
    expect(await offer()).toBe(0);

    const found = await valueFrom(searchSlots(as(who(5).actor), { serviceId, from: "2031-03-05", to: "2031-03-05" }));
    expect(found.items).toEqual([]);
    const [hold] = await owner<{ id: string }[]>`select id from appointments`;
    const holdId = hold?.id as string;
    const taking = { patientId: who(5).id, holdId };
    expect(await book(who(5).actor)).toMatchObject({ ok: false, code: "slot_unavailable" });
    expect(await book(who(0).actor)).toMatchObject({ ok: false, code: "slot_unavailable" });
    for (const actor of [reception, admin, doctor.actor]) {
      expect(await book(actor, taking)).toMatchObject({ ok: false, code: "not_found" });
      expect(await book(actor, { patientId: who(5).id, overrideReason: "Urgent" })).toMatchObject({ ok: false });
      expect(await releaseHold(as(actor), { id: holdId })).toMatchObject({ ok: false, code: "not_found" });
      expect(await cancelAppointment(as(actor), { id: holdId })).toMatchObject({ ok: false, code: "not_found" });
    }
    expect(await visits()).toEqual([{ status: "held", patient: null }]);
  });

  it("gives the time to the first who accepts, and the others hear of other times and wait on", async () => {
    await offer();
    expect(await valueFrom(accept(1))).toMatchObject({ status: "booked", patient: { id: who(1).id } });
    expect(await visits()).toEqual([{ status: "booked", patient: who(1).id }]);
    const late = await accept(0);
    expect(late).toMatchObject({ ok: false, code: "slot_unavailable" });
    expect((late as { data?: { nearest?: unknown[] } }).data?.nearest).toHaveLength(3);
    expect(await declineOffer(as(who(2).actor), { id: await offerTo(2) })).toMatchObject({ ok: true });
    expect((await offers()).map(({ status }) => status).sort()).toEqual(["accepted", "taken", "taken"]);
    expect(await freedEvents()).toBe(0);
    const waiting = await owner<{ patient: string }[]>`
      select patient_id as patient from waitlist_entries where status = 'waiting'`;
    expect(waiting.map(({ patient }) => patient)).toContain(who(0).id);
  });

  it("asks the next three when all have let it go, or nobody has answered in time, until nobody is left", async () => {
    await offer();
    for (const index of [0, 1]) await decline(index);
    expect(await freedEvents()).toBe(0);
    expect(await offer()).toBe(0);
    await decline(2);
    await decline(2);
    expect(await freedEvents()).toBe(1);
    expect(await visits()).toEqual([]);
    await offer();
    expect((await openTo()).sort()).toEqual(ids(3, 4, 5));
    // The sweeper of holds may come before the job that ends offers.
    await sweepExpiredHolds(systemContext(db, "sweeper", minutesOn(121)));
    expect(await valueFrom(expireOffers(job(minutesOn(121))))).toBe(3);
    expect(await freedEvents()).toBe(2);
    await offer(minutesOn(121));
    expect(await openTo()).toEqual(ids(6));
    await valueFrom(expireOffers(job(minutesOn(242))));
    expect(await offer(minutesOn(242))).toBe(0);
    expect(await visits()).toEqual([]);
  });

  it("asks those who were too late once more when the time becomes free again", async () => {
    await offer();
    const visit = await valueFrom(accept(0));
    await valueFrom(cancelAppointment(as(who(0).actor), { id: visit.id }));
    expect(await offer()).toBe(3);
    expect((await openTo()).sort()).toEqual(ids(1, 2, 3));
  });

  it("asks nobody twice for two wishes, nor who is busy then or being asked for that hour", async () => {
    await valueFrom(joinWaitlist(as(who(0).actor, minutesOn(-200)), { serviceId, ...days }));
    const other = await make.doctor({ locationId, serviceIds: [serviceId], start: "09:00", end: "09:30" });
    await valueFrom(
      bookAppointment(as(who(1).actor), { serviceId, doctorId: other.id, start: new Date("2031-03-05T09:00:00Z") }),
    );
    await offer();
    expect((await openTo()).sort()).toEqual(ids(0, 2, 3));
    await owner`update appointments set doctor_id = ${(await make.doctor({ locationId, serviceIds: [serviceId] })).id}
      where status = 'booked'`;
    await valueFrom(offerFreedTime(job(), { doctorId: other.id, ...freed }));
    expect((await openTo()).sort()).toEqual([...ids(0, 2, 3), ...ids(4, 5, 6)].sort());
  });

  it("goes on when one of it leaves the list, and ends with the last", async () => {
    await offer();
    await decline(0);
    for (const index of [1, 2]) {
      const [wish] = await owner<{ id: string }[]>`
        select id from waitlist_entries where patient_id = ${who(index).id}`;
      expect(await freedEvents()).toBe(0);
      await valueFrom(leaveWaitlist(as(who(index).actor), { id: wish?.id as string }));
    }
    expect(await freedEvents()).toBe(1);
    expect(await visits()).toEqual([]);
  });
});

describe("its messages", () => {
  const events = () => owner<{ id: string; topic: string; payload: unknown }[]>`
    delete from outbox returning id, topic, payload`;
  const titled = ({ subject }: { subject: string }) => subject === "A time has become free for you";

  it("go to each of them once, and lead to their own offer", async () => {
    const { messenger, mails } = recordingMessenger(db, { clock: () => now });
    await offer();
    for (const event of await events()) for (const twice of [event, event]) await handleEvent(messenger, twice);
    const told = mails.filter(titled);
    expect(told.map(({ to }) => to).sort()).toEqual(
      [0, 1, 2].map((index) => `${who(index).userId}@test.example`).sort(),
    );
    const first = told.find(({ to }) => to === `${who(0).userId}@test.example`);
    expect(first?.text).toContain(`https://clinic.test/visits?offer=${await offerTo(0)}`);
    expect(first?.text).toContain("Please answer by: Monday 3 March 2031 at midday");
  });

  it("do not go to who has let it go, nor once somebody has it", async () => {
    const { messenger, mails } = recordingMessenger(db, { clock: () => now });
    await offer();
    await decline(0);
    const [event] = await events();
    await handleEvent(messenger, event as never);
    expect(mails.filter(titled)).toHaveLength(2);
    await fresh(3);
    await offer();
    await valueFrom(accept(0));
    for (const late of await events()) await handleEvent(messenger, late);
    expect(mails.filter(titled)).toHaveLength(2);
  });
});

describe("at the same moment", () => {
  it("many accept: one visit, the others are told of other times", async () => {
    await fresh(16, 16);
    await offer();
    const answers = await Promise.all(people.map((_, index) => accept(index)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.code).toBe("slot_unavailable");
    expect(await visits()).toMatchObject([{ status: "booked" }]);
    expect((await offers()).filter(({ status }) => status === "taken")).toHaveLength(15);
    expect(await owner`select from outbox where topic = 'appointment.booked'`).toHaveLength(1);
  });

  it("one accepts, others let go, leave or run out, workers ask: one visit or one open round, and nothing else", async () => {
    const act = fc.constantFrom("accept", "decline", "leave", "nothing");
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 4 }), fc.boolean(), async (acts, isOver) => {
        await fresh(8, 4);
        await offer();
        const doings = acts.map(async (what, index) => {
          if (what === "accept") return accept(index);
          if (what === "decline") return declineOffer(as(who(index).actor), { id: await offerTo(index) });
          if (what === "nothing") return null;
          const [wish] = await owner<{ id: string }[]>`
            select id from waitlist_entries where patient_id = ${who(index).id}`;
          return leaveWaitlist(as(who(index).actor), { id: wish?.id as string });
        });
        const jobs = [offer(), offer(), ...(isOver ? [expireOffers(job(minutesOn(121)))] : [])];
        const answers = await Promise.all([Promise.all(doings), Promise.all(jobs)]);
        await offer(minutesOn(121));
        const booked = answers[0].filter((answer, index) => acts[index] === "accept" && answer?.ok).length;
        const all = await visits();
        expect(all).toHaveLength(1);
        expect(all[0]?.status).toBe(booked === 1 ? "booked" : "held");
        const statuses = (await offers()).map(({ status }) => status);
        expect(statuses.filter((status) => status === "accepted")).toHaveLength(booked);
        expect(statuses.includes("open")).toBe(booked === 0);
      }),
      { numRuns: 4 },
    );
  });

  it("times of many doctors become free: no patient gets more offers than a day allows", async () => {
    await fresh(0, 2);
    const doctors = await Promise.all(
      Array.from({ length: 6 }, (_, index) => {
        const [start, end] = [`${10 + index}:00`, `${10 + index}:30`];
        return make.doctor({ locationId, serviceIds: [serviceId], start, end });
      }),
    );
    const ana = await make.patient();
    for (let wish = 0; wish < 5; wish++) await valueFrom(joinWaitlist(as(ana.actor), { serviceId, ...days }));
    const day = { from: at("00:00"), to: at("23:00") };
    await Promise.all(doctors.map(({ id }) => offerFreedTime(job(), { doctorId: id, ...day })));
    expect(await offers()).toHaveLength(MAX_OFFERS_A_DAY);
    expect(await visits()).toHaveLength(MAX_OFFERS_A_DAY);
  });
});
