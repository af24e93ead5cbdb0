import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { asEarlierVersion, sealAll } from "./identifiers";

export type BigClinic = { serviceId: string; doctorCount: number; patientCount: number; visits: number };

const VISITS_PER_DOCTOR = 4_000;

/**
 * Fills an empty, migrated database with `visits` visits and what goes with them: a doctor per four thousand of them, a patient with
 * an account and a sign-in per five, an event, an audit row and an outbox row each. Half of it lies ahead of now. Triggers sleep meanwhile, and indexes of
 * visits are made after the rows.
 */
export async function fillClinic(owner: postgres.Sql, visits: number): Promise<BigClinic> {
  const clinic = {
    serviceId: uuidv7(),
    visits,
    doctorCount: Math.max(20, Math.round(visits / VISITS_PER_DOCTOR)),
    patientCount: Math.round(visits / 5),
  };
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local maintenance_work_mem = '256MB'`;
    await addPlaces(tx, clinic);
    await asEarlierVersion(tx, () => addPeople(tx, clinic));
    const restore = await takeIndexesOff(tx);
    await addVisits(tx, clinic);
    await addTraces(tx);
    for (const statement of restore) await tx.unsafe(statement);
  });
  await sealAll(owner);
  await owner`select rebuild_busy_days()`;
  await owner`vacuum analyze`;
  return clinic;
}

async function addPlaces(tx: postgres.TransactionSql, { serviceId, doctorCount }: BigClinic) {
  await tx`insert into services (id, name, duration_minutes, slot_step_minutes, horizon_days, requires_room)
    values (${serviceId}, 'Visit', 30, 30, 365, false)`;
  await tx`insert into locations (id, name, time_zone) select uuidv7(), 'Place ' || n, 'UTC' from generate_series(0, 3) n`;
  await tx`insert into rooms (id, location_id, name) select uuidv7(), l.id, 'Room ' || n from locations l, generate_series(1, 5) n`;
  await tx`insert into users (id, email, role, display_name)
    select uuidv7(), 'doctor' || n || '@clinic.test', 'doctor', 'Doctor ' || n from generate_series(0, ${doctorCount - 1}) n`;
  await tx`insert into doctors (id, user_id, name) select uuidv7(), id, display_name from users where role = 'doctor'`;
  await tx`insert into doctor_services (doctor_id, service_id) select id, ${serviceId} from doctors`;
  await tx`insert into schedule_rules (id, doctor_id, location_id, weekday, start_time, end_time)
    select uuidv7(), d.id, l.id, weekday, '08:00', '18:00' from doctors d
    join locations l on l.name = 'Place ' || split_part(d.name, ' ', 2)::int % 4, generate_series(1, 7) weekday`;
}

/** Names as varied as a town's: some 900 given and family names of syllables. */
async function addPeople(tx: postgres.TransactionSql, { patientCount }: BigClinic) {
  await tx`insert into users (id, email, role, display_name)
    select uuidv7(), 'p' || n || '@mail' || n % 40 || '.test', 'patient', 'Patient ' || n from generate_series(0, ${patientCount - 1}) n`;
  await tx`
    with part as (select array['an','be','co','du','el','fa','gi','ho','iv','ja','ka','lu','mi','no','os','pe','qu','ra','si','tu','ul','vi','wa','xe','yo','za','bra','cle','dri','fro'] as s)
    insert into patients (id, user_id, given_name, family_name, date_of_birth, email, phone, record_number)
    select uuidv7(), u.id, initcap(s[1 + n % 30] || s[1 + n / 30 % 30] || 'a'), initcap(s[1 + n / 7 % 30] || s[1 + n / 11 % 30] || s[1 + n / 13 % 30]),
      date '1930-01-01' + n * 7 % 33000, u.email, '+1212' || lpad((n::bigint * 7919 % 10000000)::text, 7, '0'),
      'P-' || lpad(nextval('patient_record_numbers')::text, 6, '0')
    from part, (select id, email, split_part(display_name, ' ', 2)::int as n from users where role = 'patient') u`;
  await tx`insert into sessions (id, user_id, kind, expires_at) select uuidv7(), id, 'api', now() + interval '1 day' from users`;
  await tx`insert into patient_proxies (id, patient_id, user_id, relationship, capabilities)
    select uuidv7(), p.id, u.id, 'parent', array['view', 'book'] from patients p join users u on u.display_name = 'Patient ' ||
      (split_part(split_part(p.email::text, '@', 1), 'p', 2)::int + 1) where right(p.phone, 1) = '7'`;
  await tx`insert into idempotency_keys (user_id, key, request_hash, status) select id, 'key', 'hash', 201 from users where role = 'patient'`;
}

const FILLED = ["appointments", "appointment_events", "audit_log", "outbox", "notifications"];

/** Row by row, exclusion constraints and indexes would take twenty times as long. Gives the statements that bring them back. */
async function takeIndexesOff(tx: postgres.TransactionSql): Promise<string[]> {
  const constraints = await tx<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid::regclass::text = any(${FILLED}) and contype in ('x', 'u')`;
  for (const { table, name } of constraints) await tx`alter table ${tx(table)} drop constraint ${tx(name)}`;
  const indexes = await tx<{ name: string; definition: string }[]>`
    select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid::regclass::text = any(${FILLED}) and not exists (select from pg_constraint where conindid = c.oid)`;
  for (const { name } of indexes) await tx`drop index ${tx(name)}`;
  return [
    ...indexes.map(({ definition }) => definition),
    ...constraints.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
  ];
}

const addVisits = (tx: postgres.TransactionSql, { serviceId, visits, doctorCount, patientCount }: BigClinic) => tx`
  with doctor as (select d.id, split_part(d.name, ' ', 2)::int as n, l.id as place from doctors d
      join locations l on l.name = 'Place ' || split_part(d.name, ' ', 2)::int % 4),
    patient as (select id, (row_number() over (order by id))::int - 1 as n from patients),
    wanted as (
      select d.id as doctor_id, d.place, d.n, k, (k * ${doctorCount} + d.n) % ${patientCount} as who,
        date_trunc('day', now()) + (k / 16 - ${Math.round(visits / doctorCount / 32)}) * interval '1 day' + interval '9 hours' + k % 16 * interval '30 minutes' as at
      from doctor d, generate_series(0, ${Math.ceil(visits / doctorCount) - 1}) k)
  insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy, cancelled_at, hold_expires_at)
  select uuidv7(), 'B' || lpad(upper(to_hex(w.n::bigint * 100000 + k)), 7, '0'), s.status, ${serviceId}, doctor_id, place, p.id, span, span,
    case when s.status = 'cancelled' then now() end, case when s.status = 'held' then now() + (k % 9 - 4) * interval '1 minute' end
  from wanted w join patient p on p.n = w.who,
    lateral (select tstzrange(w.at, w.at + interval '30 minutes') as span) r,
    lateral (select case when k % 23 = 0 then 'cancelled' when w.at < now() then case when k % 9 = 0 then 'no_show' else 'fulfilled' end
      when (k * 31 + w.n) % 997 = 0 then 'held' else 'booked' end as status) s`;

/** What booking leaves behind besides the visit. */
async function addTraces(tx: postgres.TransactionSql) {
  await tx`insert into appointment_events (id, appointment_id, type, version, actor_kind, at)
    select uuidv7(), id, 'appointment.booked', 1, 'user', created_at from appointments`;
  await tx`insert into appointment_events (id, appointment_id, type, version, actor_kind, at)
    select uuidv7(), id, 'appointment.cancelled', 2, 'user', starts_at - interval '1 day' from appointments where status = 'cancelled'`;
  await tx`insert into audit_log (at, actor_kind, user_id, role, patient_id, table_name, row_id, operation)
    select now() - interval '1 year' + row_number() over (order by a.starts_at, a.id) * interval '1 minute', 'user', p.user_id, 'patient', a.patient_id,
      'appointments', a.id::text, case when right(a.reference, 1) = '3' then 'UPDATE' else 'INSERT' end
    from appointments a join patients p on p.id = a.patient_id order by a.starts_at, a.id`;
  await tx`insert into outbox (id, topic, payload, created_at, available_at, done_at)
    select uuidv7(), 'appointment.booked', '{}', at, at, case when n > 50 then at end
    from (select row_number() over () as n, now() - interval '1 hour' as at from appointments) a`;
  await tx`insert into notifications (id, kind, channel, appointment_id, appointment_version, patient_id, status, due_at)
    select uuidv7(), 'confirmation', 'email', id, 1, patient_id, case when right(reference, 2) = '77' then 'pending' else 'sent' end, now()
    from appointments`;
}
