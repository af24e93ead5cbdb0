import { expect, it } from "vitest";
import { markBusy, WORDS_PER_DAY } from "@/lib/domain/busy-bits";
import { dayNumber } from "@/lib/domain/calendar";
import { DAY } from "@/lib/domain/interval";
import { STATUSES, SYSTEM_TRANSITIONS, TRANSITIONS } from "@/lib/domain/status";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";

const { owner } = await testDb();

it("holds the status machine that the database holds", async () => {
  const rows = await owner`select from_status || ' ' || to_status as move from appointment_transitions`;
  const ours = STATUSES.flatMap((from) =>
    [...TRANSITIONS[from], ...(SYSTEM_TRANSITIONS[from] ?? [])].map((to) => `${from} ${to}`),
  );
  expect(rows.map(({ move }) => move).sort()).toEqual(ours.sort());
});

it("marks the cells that the trigger marks, whatever is booked, moved, cancelled or deleted", async () => {
  const make = clinicMaker(owner);
  const locationId = await make.location();
  const serviceId = await make.service();
  const doctor = await make.doctor({ locationId, serviceIds: [serviceId] });
  // Across midnight, on and off the grid, several in one cell.
  await owner`
    insert into appointments (id, reference, status, service_id, doctor_id, location_id, hold_expires_at, during, busy)
    select uuidv7(), 'X' || n, 'held', ${serviceId}, ${doctor.id}, ${locationId}, now(), span, span
    from generate_series(1, 150) n, lateral (select timestamptz '2027-03-10 00:00Z' + n * (case when n < 75 then interval '30 minutes' else interval '29 minutes 7 seconds' end)
      + case when n < 75 then interval '0' else interval '1 day' end as at) t,
      lateral (select tstzrange(at, at + case when n % 3 = 0 then interval '2 minutes' else interval '25 minutes' end) as span) s
    on conflict do nothing`;
  await owner`update appointments set during = tstzrange(lower(during), lower(during) + interval '1 minute'), busy = tstzrange(lower(busy), lower(busy) + interval '1 minute')
    where right(reference, 1) = '1'`;
  await owner`update appointments set status = 'cancelled', cancelled_at = now() where right(reference, 1) = '4'`;
  await owner`delete from appointments where right(reference, 1) = '7'`;

  const visits = await owner<{ start: number; end: number }[]>`
    select extract(epoch from lower(busy))::float8 as start, extract(epoch from upper(busy))::float8 as end from appointments where status <> 'cancelled'`;
  const days = await owner<
    { day: string; bits: string }[]
  >`select day::text, bits::text from doctor_busy_days order by day`;
  expect(visits.length).toBeGreaterThan(80);
  expect(days.length).toBeGreaterThan(3);
  for (const { day, bits } of days) {
    const row = new Uint32Array(WORDS_PER_DAY);
    markBusy(row, dayNumber(day) * DAY, visits);
    expect([...row].map((word) => word.toString(2).padStart(32, "0")).join("")).toBe(bits);
  }
});
