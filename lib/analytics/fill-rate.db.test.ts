import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { rescheduleAppointment } from "@/lib/appointments/reschedule-appointment";
import { updateSettings } from "@/lib/clinic/update-settings";
import type { Actor } from "@/lib/domain/actor";
import { type Context, systemContext } from "@/lib/platform/context";
import { acceptOffer } from "@/lib/waitlist/accept-offer";
import { declineOffer } from "@/lib/waitlist/decline-offer";
import { joinWaitlist } from "@/lib/waitlist/join-waitlist";
import { offerFreedTime } from "@/lib/waitlist/offer-freed-time";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { valueFrom } from "@/tests/support/records";
import { fillRate } from "./fill-rate";

const { db, owner } = await testDb();
const make = clinicMaker(owner);
const now = new Date("2031-03-03T10:00:00Z");
const minutesOn = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const as = (actor: Actor, when = now): Context => ({ db, actor, now: when, requestId: randomUUID() });

const locationId = await make.location();
const serviceId = await make.service();
const doctor = await make.doctor({ locationId, serviceIds: [serviceId], start: "09:00", end: "10:00" });
const [admin, staff] = [await make.staff("admin"), await make.staff("receptionist")];
await valueFrom(updateSettings(as(admin), { offerBatchSize: 1 }));
const [ana, bo, cem] = [await make.patient(), await make.patient(), await make.patient()];
const at = (hour: string, day = 5) => new Date(`2031-03-0${day}T${hour}:00Z`);
const book = (start: Date) => valueFrom(bookAppointment(as(cem.actor), { serviceId, doctorId: doctor.id, start }));
const offer = (from: Date, when: Date) => {
  const time = { doctorId: doctor.id, from, to: new Date(from.getTime() + 30 * 60_000) };
  return valueFrom(offerFreedTime(systemContext(db, "waitlist", when), time));
};
const open = async () =>
  (await owner<{ id: string }[]>`select id from waitlist_offers where status = 'open'`)[0] ?? { id: randomUUID() };
const span = { from: "2031-03-03", to: "2031-03-03" };
const figures = (more: object = {}) => valueFrom(fillRate(as(admin), { ...span, ...more }));

it("counts times that were given back, offered and filled, and how long that took", async () => {
  expect(await figures()).toEqual({ freed: 0, offered: 0, filled: 0, rate: null, medianMinutes: null });
  const [first, second] = [await book(at("09:00")), await book(at("09:30"))];
  const days = { from: "2031-03-05", to: "2031-03-05" };
  for (const who of [ana, bo]) await valueFrom(joinWaitlist(as(who.actor), { serviceId, ...days }));

  await valueFrom(cancelAppointment(as(cem.actor), { id: first.id }));
  await offer(at("09:00"), minutesOn(10));
  await valueFrom(declineOffer(as(ana.actor, minutesOn(12)), await open()));
  await offer(at("09:00"), minutesOn(12));
  const visit = await valueFrom(acceptOffer(as(bo.actor, minutesOn(30)), await open()));
  expect(await figures()).toEqual({ freed: 1, offered: 1, filled: 1, rate: 1, medianMinutes: 30 });

  // A time that is given back again is another one: offers before it are not of it.
  await valueFrom(cancelAppointment(as(staff, minutesOn(40)), { id: visit.id }));
  expect(await figures()).toMatchObject({ freed: 2, offered: 1, filled: 1, rate: 0.5 });

  await valueFrom(rescheduleAppointment(as(staff, minutesOn(50)), { id: second.id, start: at("09:00", 6) }));
  await offer(at("09:30"), minutesOn(60));
  await valueFrom(acceptOffer(as(ana.actor, minutesOn(70)), await open()));
  expect(await figures()).toEqual({ freed: 3, offered: 2, filled: 2, rate: 2 / 3, medianMinutes: 25 });
  expect(await figures({ doctorId: randomUUID() })).toMatchObject({ freed: 0 });
  expect(await figures({ from: "2031-03-04", to: "2031-03-09" })).toMatchObject({ freed: 0 });
});

it("tells nobody but admins", async () => {
  for (const actor of [staff, doctor.actor, ana.actor])
    expect(await fillRate(as(actor), span)).toMatchObject({ ok: false, code: "forbidden" });
});
