import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { step } from "@/scripts/services/progress";

export type BenchData = {
  serviceId: string;
  /** In order of id. */
  doctorIds: string[];
  patientIds: string[];
  locationIds: string[];
};

const DOCTORS = 500;
const PATIENTS = 5_000;
const APPOINTMENTS = 1_000_000;
const ZONES = ["America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Europe/Lisbon"];
const SERVICE = "Bench visit";

/**
 * The data set of the benchmarks, made once per database and the same each time: 500 doctors at four places, Monday to Friday 09:00-17:00
 * with one day off each, 65 % of the half hours of half a year back and half a year ahead taken.
 */
export async function ensureDataSet(owner: postgres.Sql): Promise<BenchData> {
  const [made] = await owner`select id from services where name = ${SERVICE}`;
  if (!made) {
    await addClinic(owner);
    await addVisits(owner);
  }
  const ids = async (rows: Promise<readonly postgres.Row[]>) => (await rows).map(({ id }) => id as string);
  const [serviceId] = await ids(owner`select id from services where name = ${SERVICE}`);
  return {
    serviceId: serviceId as string,
    doctorIds: await ids(owner`select id from doctors where name like 'Bench doctor %' order by id`),
    patientIds: await ids(owner`select id from patients where family_name like 'Bench %' order by id`),
    locationIds: await ids(owner`select id from locations where name like 'Bench place %' order by id`),
  };
}

async function addClinic(owner: postgres.Sql) {
  const places = ZONES.map((zone, n) => ({ id: uuidv7(), name: `Bench place ${n}`, time_zone: zone }));
  const doctors = Array.from({ length: DOCTORS }, (_, n) => ({ id: uuidv7(), name: `Bench doctor ${n}`, n }));
  const serviceId = uuidv7();
  const placeOf = (n: number) => (places[n % places.length] as { id: string }).id;
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into locations ${tx(places)}`;
    await tx`insert into services (id, name, duration_minutes, slot_step_minutes, horizon_days) values (${serviceId}, ${SERVICE}, 30, 15, 365)`;
    await tx`insert into doctors ${tx(doctors, "id", "name")}`;
    await tx`insert into doctor_services (doctor_id, service_id) select id, ${serviceId} from doctors`;
    await tx`insert into doctor_locations ${tx(doctors.map(({ id, n }) => ({ doctor_id: id, location_id: placeOf(n) })))}`;
    const rules = doctors.flatMap(({ id, n }) =>
      [1, 2, 3, 4, 5]
        .filter((weekday) => weekday !== (n % 5) + 1)
        .map((weekday) => ({
          id: uuidv7(),
          doctor_id: id,
          location_id: placeOf(n),
          weekday,
          start_time: "09:00",
          end_time: "17:00",
        })),
    );
    await tx`insert into schedule_rules ${tx(rules)}`;
    await tx`insert into patients (id, given_name, family_name) select uuidv7(), 'Ann', 'Bench ' || n from generate_series(0, ${PATIENTS - 1}) n`;
  });
}

/** Indexes and exclusion constraints are made after the rows: row by row they would take twenty times as long. */
async function addVisits(owner: postgres.Sql) {
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local maintenance_work_mem = '256MB'`;
    const constraints = await tx<{ name: string; definition: string }[]>`
      select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'appointments'::regclass and contype = 'x'`;
    for (const { name } of constraints) await tx`alter table appointments drop constraint ${tx(name)}`;
    const indexes = await tx<{ name: string; definition: string }[]>`
      select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = 'appointments'::regclass and not i.indisprimary and not exists (select from pg_constraint where conindid = c.oid)`;
    for (const { name } of indexes) await tx`drop index ${tx(name)}`;
    await step("  visits", () => insertVisits(tx));
    for (const { name, definition } of indexes) await step(`  ${name}`, () => tx.unsafe(definition));
    for (const { name, definition } of constraints) {
      await step(`  ${name}`, () => tx.unsafe(`alter table appointments add constraint ${name} ${definition}`));
    }
  });
  await step("  busy cells", () => owner`select rebuild_busy_days()`);
  await step("  statistics", () => owner`vacuum analyze`);
}

const insertVisits = (tx: postgres.TransactionSql) => tx`
  with doctor as (
    select d.id, split_part(d.name, ' ', 3)::int as n, l.id as location_id, l.time_zone as zone
    from doctors d join doctor_locations o on o.doctor_id = d.id join locations l on l.id = o.location_id where d.name like 'Bench doctor %'),
  patient as (select id as patient_id, split_part(family_name, ' ', 2)::int as place from patients where family_name like 'Bench %'),
  half_hour as (
    select d.*, (day + time '09:00' + slot * interval '30 minutes') at time zone d.zone as starts
    from doctor d, generate_series(date_trunc('week', now()::timestamp) - interval '26 weeks', date_trunc('week', now()::timestamp) + interval '24 weeks',
      interval '1 day') day, generate_series(0, 15) slot
    where extract(isodow from day) between 1 and 5 and extract(isodow from day) <> d.n % 5 + 1
      and mod(abs(hashint8((d.n * 1000003::bigint + extract(epoch from day)::bigint / 1800 + slot) * 7919)::bigint), 100) < 65),
  visit as (
    select *, tstzrange(starts, starts + interval '30 minutes') as span,
      -- Different for every doctor of one instant: nobody is in two places at once.
      ((extract(epoch from starts)::bigint / 1800 * ${DOCTORS} + n) % ${PATIENTS})::int as place
    from half_hour order by starts desc limit ${APPOINTMENTS})
  insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy)
  select uuidv7(), 'B' || row_number() over (), case when v.starts < now() then 'fulfilled' else 'booked' end,
    (select id from services where name = ${SERVICE}), v.id, v.location_id, p.patient_id, v.span, v.span
  from visit v join patient p using (place)`;
