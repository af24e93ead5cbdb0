import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { dashboardFigures } from "./dashboard-figures";
import { noShowByDoctor } from "./no-show-by-doctor";
import { noShowByLeadTime } from "./no-show-by-lead-time";
import { noShowByWeekday } from "./no-show-by-weekday";
import { visitsPerDay } from "./visits-per-day";

const { db, owner } = await testDb();
const make = clinicMaker(owner);
// 02:00 on Wednesday in London is still Tuesday evening in New York.
const now = new Date("2026-06-03T01:00:00Z");
const as = (actor: Actor): Context => ({ db, actor, now, requestId: "test" });

const admin = await make.staff("admin");
const newYork = await make.location("America/New_York");
const london = await make.location("Europe/London");
const serviceId = await make.service();
const doctor = await make.doctor({ locationId: newYork, serviceIds: [serviceId] });
const other = await make.doctor({ locationId: london, serviceIds: [serviceId] });
const patients = await make.patients(12);
const span = { from: "2026-05-25", to: "2026-06-07" };

let made = 0;
async function visit(
  start: string,
  status: string,
  leadDays: number,
  at = { locationId: newYork, doctorId: doctor.id },
) {
  const startsAt = new Date(start);
  const patient = patients[made++ % patients.length]!;
  const during = `[${startsAt.toISOString()},${new Date(startsAt.getTime() + 1_800_000).toISOString()})`;
  const requestedAt = new Date(startsAt.getTime() - leadDays * 86_400_000);
  await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy, requested_at, cancelled_at)
    values (${uuidv7()}, ${uuidv7()}, ${status}, ${serviceId}, ${at.doctorId}, ${at.locationId}, ${patient.id}, ${during}, ${during}, ${requestedAt},
      ${status === "cancelled" ? requestedAt : null})`;
}

const inLondon = { locationId: london, doctorId: other.id };
await visit("2026-06-01T14:00:00Z", "fulfilled", 0);
await visit("2026-06-01T15:00:00Z", "no_show", 0);
await visit("2026-06-01T16:00:00Z", "fulfilled", 3);
await visit("2026-06-02T14:00:00Z", "no_show", 7);
// Late on 2 June in New York, 3 June in UTC.
await visit("2026-06-03T00:30:00Z", "in_progress", 2);
await visit("2026-06-03T14:00:00Z", "booked", 9);
await visit("2026-06-02T15:00:00Z", "cancelled", 9);
await visit("2026-06-03T09:00:00Z", "booked", 31, inLondon);
await visit("2026-05-29T09:00:00Z", "no_show", 31, inLondon);
await visit("2026-05-29T10:00:00Z", "fulfilled", 45, inLondon);

it("counts visits on the date at their location, and days without any", async () => {
  const days = await visitsPerDay(as(admin), span);
  expect(days.ok && days.value).toHaveLength(14);
  const busy = days.ok ? days.value.filter(({ visits }) => visits > 0) : [];
  expect(busy).toEqual([
    { date: "2026-05-29", visits: 2, fulfilled: 1, noShows: 1 },
    { date: "2026-06-01", visits: 3, fulfilled: 2, noShows: 1 },
    { date: "2026-06-02", visits: 2, fulfilled: 0, noShows: 1 },
    { date: "2026-06-03", visits: 2, fulfilled: 0, noShows: 0 },
  ]);
  const here = await visitsPerDay(as(admin), { ...span, locationId: london });
  expect(here.ok && here.value.filter(({ visits }) => visits > 0).map(({ date }) => date)).toEqual([
    "2026-05-29",
    "2026-06-03",
  ]);
});

it("gives the share of no-shows by days between asking and coming", async () => {
  const result = await noShowByLeadTime(as(admin), span);
  expect(result.ok && result.value.map(({ from, to, visits, rate }) => [from, to, visits, rate])).toEqual([
    [0, 0, 2, 0.5],
    [1, 1, 0, null],
    [2, 3, 1, 0],
    [4, 7, 1, 1],
    [8, 14, 0, null],
    [15, 30, 0, null],
    [31, null, 2, 0.5],
  ]);
  const none = await noShowByLeadTime(as(admin), { from: "2026-06-03", to: "2026-06-07" });
  expect(none.ok && none.value.every(({ visits, rate }) => visits === 0 && rate === null)).toBe(true);
});

it("gives it by weekday and by doctor too", async () => {
  const weekdays = await noShowByWeekday(as(admin), span);
  expect(weekdays.ok && weekdays.value.map(({ visits, noShows }) => [visits, noShows])).toEqual([
    [3, 1],
    [1, 1],
    [0, 0],
    [0, 0],
    [2, 1],
    [0, 0],
    [0, 0],
  ]);
  const doctors = await noShowByDoctor(as(admin), span);
  expect(doctors.ok && doctors.value.map((row) => [row.doctor.id, row.visits, row.noShows])).toEqual([
    [doctor.id, 4, 2],
    [other.id, 2, 1],
  ]);
});

it("knows what today is at each place", async () => {
  const figures = await dashboardFigures(as(admin));
  expect(figures).toMatchObject({
    ok: true,
    value: {
      // New York's 2 June (two) and London's 3 June (one).
      today: { visits: 3, waiting: 0, inProgress: 1, fulfilled: 0, noShows: 1 },
      upcoming: { next7Days: 2, next30Days: 2, unconfirmedTomorrow: 1 },
      last30Days: { visits: 6, noShows: 3, rate: 0.5 },
      patients: 12,
      doctors: 2,
      firstDate: "2026-05-29",
      lastDate: "2026-06-03",
    },
  });
});

it("tells nobody but admins", async () => {
  const actors: Actor[] = [await make.staff("receptionist"), doctor.actor, patients[0]!.actor, { kind: "anonymous" }];
  for (const actor of actors) {
    const answers = await Promise.all([
      visitsPerDay(as(actor), span),
      noShowByLeadTime(as(actor), span),
      noShowByWeekday(as(actor), span),
      noShowByDoctor(as(actor), span),
      dashboardFigures(as(actor)),
    ]);
    expect(answers).toEqual(Array(5).fill(expect.objectContaining({ ok: false, code: "forbidden" })));
  }
});
