import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import type { Actor } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { valueFrom } from "@/tests/support/records";
import { acceptOffer } from "./accept-offer";
import { declineOffer } from "./decline-offer";
import { getWish } from "./get-wish";
import { joinWaitlist } from "./join-waitlist";
import { leaveWaitlist } from "./leave-waitlist";
import { offerByHand } from "./offer-by-hand";

const { db, owner } = await testDb();
const make = clinicMaker(owner);
/** Three in the morning: whose quiet hours it is has been spoken with. */
const now = new Date("2031-03-03T03:00:00Z");
const as = (actor: Actor, when = now): Context => ({ db, actor, now: when, requestId: randomUUID() });
const locationId = await make.location();
const [serviceId, clinicOnly] = [await make.service(), await make.service()];
await owner`update services set self_bookable = false where id = ${clinicOnly}`;
const doctor = await make.doctor({ locationId, serviceIds: [serviceId, clinicOnly], start: "09:00", end: "11:00" });
const reception = await make.staff("receptionist");
const days = { from: "2031-03-03", to: "2031-03-31" };
const time = (hour: string) => ({ doctorId: doctor.id, locationId, start: new Date(`2031-03-05T${hour}:00Z`) });
let [ana, bo] = [await make.patient(), await make.patient()];
let wish: { id: string };

beforeEach(async () => {
  await owner`truncate outbox, waitlist_entries, appointments, notifications cascade`;
  [ana, bo] = [await make.patient(), await make.patient()];
  wish = await valueFrom(joinWaitlist(as(reception), { serviceId, ...days, patientId: ana.id }));
});
const offered = async () =>
  (await valueFrom(getWish(as(reception), { id: wish.id }))).offer as { id: string; expiresAt: string };

it("keeps a time for one patient and tells them, out of turn and at any hour", async () => {
  expect(await valueFrom(offerByHand(as(reception), { id: wish.id, ...time("09:00") }))).toBe(1);
  expect((await owner`select topic from outbox`).map(({ topic }) => topic)).toEqual(["appointment.offered"]);
  const other = await bookAppointment(as(reception), { serviceId, ...time("09:00"), patientId: bo.id });
  expect(other).toMatchObject({ ok: false, code: "slot_unavailable" });
  const { id, expiresAt } = await offered();
  expect(expiresAt).toBe("2031-03-03T05:00:00.000Z");
  expect(await acceptOffer(as(bo.actor), { id })).toMatchObject({ ok: false, code: "not_found" });
  const visit = await valueFrom(acceptOffer(as(ana.actor), { id }));
  expect(visit).toMatchObject({ status: "booked", start: "2031-03-05T09:00:00.000Z", patient: { id: ana.id } });
});

it("can be taken by the patient though only the clinic books the service", async () => {
  wish = await valueFrom(joinWaitlist(as(reception), { serviceId: clinicOnly, ...days, patientId: ana.id }));
  await valueFrom(offerByHand(as(reception), { id: wish.id, ...time("10:00") }));
  expect(await acceptOffer(as(ana.actor), await offered())).toMatchObject({ ok: true });
});

it("is refused where it could not be answered, or the patient is asked already, has let it go or is busy", async () => {
  const offer = (hour: string, when = now) => offerByHand(as(reception, when), { id: wish.id, ...time(hour) });
  expect(await offer("12:00")).toMatchObject({ code: "slot_unavailable" });
  expect(await offer("09:00", new Date("2031-03-05T08:55:00Z"))).toMatchObject({ code: "slot_unavailable" });
  await valueFrom(offer("09:00"));
  expect(await offer("10:00")).toMatchObject({ code: "conflict" });
  await valueFrom(declineOffer(as(ana.actor), await offered()));
  expect(await offer("09:00")).toMatchObject({ code: "conflict" });
  const other = await make.doctor({ locationId, serviceIds: [serviceId] });
  await valueFrom(bookAppointment(as(ana.actor), { serviceId, ...time("10:00"), doctorId: other.id }));
  expect(await offer("10:00")).toMatchObject({ code: "conflict" });
  for (const actor of [ana.actor, doctor.actor])
    expect(await offerByHand(as(actor), { id: wish.id, ...time("10:30") })).toMatchObject({ code: "forbidden" });
});

it("keeps why reception took somebody off the list, and offers them nothing more", async () => {
  await valueFrom(leaveWaitlist(as(reception), { id: wish.id, reason: "unreachable" }));
  expect(await owner`select status, leave_reason as reason from waitlist_entries`).toEqual([
    { status: "left", reason: "unreachable" },
  ]);
  expect(await offerByHand(as(reception), { id: wish.id, ...time("09:00") })).toMatchObject({ code: "not_found" });
  expect(await getWish(as(doctor.actor), { id: wish.id })).toMatchObject({ code: "forbidden" });
});
