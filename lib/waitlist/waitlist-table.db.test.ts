import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { updateSettings } from "@/lib/clinic/update-settings";
import type { Actor } from "@/lib/domain/actor";
import { type Context, systemContext } from "@/lib/platform/context";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { valueFrom } from "@/tests/support/records";
import { acceptOffer } from "./accept-offer";
import { declineOffer } from "./decline-offer";
import { joinWaitlist } from "./join-waitlist";
import { leaveWaitlist } from "./leave-waitlist";
import { offerFreedTime } from "./offer-freed-time";
import { type WaitlistTableInput, waitlistTable } from "./waitlist-table";

const { db, owner } = await testDb();
const make = clinicMaker(owner);
const now = new Date("2031-03-03T10:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const as = (actor: Actor, when = now): Context => ({ db, actor, now: when, requestId: randomUUID() });

const locationId = await make.location();
const [serviceId, other] = [await make.service(), await make.service()];
const doctor = await make.doctor({ locationId, serviceIds: [serviceId, other], start: "09:00", end: "09:30" });
await valueFrom(updateSettings(as(await make.staff("admin")), { offerBatchSize: 1 }));
const staff = await make.staff("receptionist");
const [ana, bo, cem] = [await make.patient(), await make.patient(), await make.patient()];
const days = { from: "2031-03-03", to: "2031-03-31" };
const wishes = {
  ana: await valueFrom(joinWaitlist(as(ana.actor), { serviceId, ...days, weekdays: [3], partsOfDay: ["morning"] })),
  bo: await valueFrom(joinWaitlist(as(bo.actor, at(1)), { serviceId, doctorIds: [doctor.id], locationId, ...days })),
  cem: await valueFrom(joinWaitlist(as(cem.actor, at(2)), { serviceId: other, ...days, from: "2031-03-20" })),
};
const table = async (more: Partial<WaitlistTableInput> = {}, when = at(5)) =>
  valueFrom(
    waitlistTable(as(staff, when), { when: "waiting", sort: "since", descending: false, page: 1, size: 25, ...more }),
  );
const ids = async (more: Partial<WaitlistTableInput> = {}, when = at(5)) =>
  (await table(more, when)).items.map(({ id }) => id);
const freed = { doctorId: doctor.id, from: new Date("2031-03-05T09:00Z"), to: new Date("2031-03-05T09:30Z") };
const offer = (when: Date) => valueFrom(offerFreedTime(systemContext(db, "waitlist", when), freed));
const open = async () => {
  const [one] = await owner<{ id: string }[]>`select id from waitlist_offers where status = 'open'`;
  if (!one) throw new Error("nothing is offered");
  return one;
};

it("shows reception who waits for what, longest first, by page, order and filter", async () => {
  expect((await table()).items).toMatchObject([
    { id: wishes.ana.id, patient: { id: ana.id }, weekdays: [3], partsOfDay: ["morning"], since: now.toISOString() },
    { id: wishes.bo.id, doctors: [expect.any(String)], location: expect.any(String), offers: [], offerCount: 0 },
    { id: wishes.cem.id, from: "2031-03-20", isEarlier: false, doctors: [], location: null },
  ]);
  expect(await ids({ descending: true })).toEqual([wishes.cem.id, wishes.bo.id, wishes.ana.id]);
  expect(await table({ size: 2, page: 2 })).toMatchObject({ total: 3, items: [{ id: wishes.cem.id }] });
  expect(await ids({ serviceId: other })).toEqual([wishes.cem.id]);
  for (const sort of ["patient", "service"] as const) expect(await ids({ sort })).toHaveLength(3);
});

it("keeps what was offered and how it ended, also once the time was given back", async () => {
  expect(await offer(at(5))).toBe(1);
  expect(await ids({ offer: "open" })).toEqual([wishes.ana.id]);
  // Nobody has seen to it yet, but it is over.
  expect(await ids({ offer: "open" }, at(300))).toEqual([]);
  expect(await ids({ offer: "expired" }, at(300))).toEqual([wishes.ana.id]);
  await valueFrom(declineOffer(as(ana.actor, at(6)), await open()));
  await offer(at(7));
  await valueFrom(acceptOffer(as(bo.actor, at(8)), await open()));
  expect((await table({ when: "all" })).items.map(({ status, offers }) => [status, offers])).toEqual([
    ["waiting", [expect.objectContaining({ status: "declined", start: freed.from.toISOString() })]],
    ["fulfilled", [expect.objectContaining({ status: "accepted", doctor: expect.any(String) })]],
    ["waiting", []],
  ]);
  expect(await ids({ when: "ended" })).toEqual([wishes.bo.id]);
  await valueFrom(leaveWaitlist(as(staff, at(9)), wishes.cem));
  expect(await ids()).toEqual([wishes.ana.id]);
});

it("is reception's and the admins'", async () => {
  const input = { when: "all", sort: "since", descending: false, page: 1, size: 25 } as const;
  for (const actor of [ana.actor, doctor.actor])
    expect(await waitlistTable(as(actor), input)).toMatchObject({ ok: false, code: "forbidden" });
  expect(await waitlistTable(as(await make.staff("admin")), input)).toMatchObject({ ok: true });
});
