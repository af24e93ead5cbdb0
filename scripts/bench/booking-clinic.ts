import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import type { UserActor } from "@/lib/domain/actor";

export const DOCTORS = 50;
const PATIENTS = 400;
const SLOT_MS = 30 * 60_000;
/** 09:00 to 17:00 on every day of the week. */
const SLOTS_A_DAY = 16;
const DAY_MS = 86_400_000;

export type Clinic = {
  now: Date;
  serviceId: string;
  locationId: string;
  patients: UserActor[];
  /** The next free times, none given twice; neighbours in the list differ in doctor and patient. */
  jobs: (count: number) => Job[];
  /** The same, no two at the same time. */
  times: (count: number) => Job[];
  /** Takes everything away again. */
  remove: () => Promise<void>;
};

export type Job = { doctorId: string; start: Date; patient: UserActor };

/** A clinic of its own beside what the database holds, so that every booking of the bench has a free time. */
export async function makeClinic(owner: postgres.Sql, capacity: number): Promise<Clinic> {
  const now = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const days = Math.ceil(capacity / DOCTORS / SLOTS_A_DAY) + 10;
  const serviceId = uuidv7();
  const locationId = uuidv7();
  await owner`insert into locations (id, name, time_zone) values (${locationId}, ${`Booking ${locationId}`}, 'UTC')`;
  await owner`insert into services (id, name, duration_minutes, slot_step_minutes, horizon_days)
    values (${serviceId}, ${`Booking ${serviceId}`}, 30, 15, ${Math.min(1_100, days + 2)})`;
  const doctors = Array.from({ length: DOCTORS }, () => uuidv7());
  await owner`insert into doctors (id, name) select id, 'Bench' from unnest(${doctors}::uuid[]) id`;
  await owner`insert into doctor_locations select id, ${locationId} from unnest(${doctors}::uuid[]) id`;
  await owner`insert into doctor_services select id, ${serviceId} from unnest(${doctors}::uuid[]) id`;
  await owner`insert into schedule_rules (id, doctor_id, location_id, weekday, start_time, end_time)
    select gen_random_uuid(), id, ${locationId}, weekday, '09:00', '17:00' from unnest(${doctors}::uuid[]) id, generate_series(1, 7) weekday`;
  const patients = await makePatients(owner);
  const jobs = jobMaker(now, doctors, patients);
  const times = (count: number) => jobs(count * DOCTORS).filter((_, index) => index % DOCTORS === 0);
  return { now, serviceId, locationId, patients, jobs, times, remove: () => remove(owner, locationId) };
}

async function makePatients(owner: postgres.Sql): Promise<UserActor[]> {
  const ids = Array.from({ length: PATIENTS }, () => ({ patientId: uuidv7(), userId: uuidv7() }));
  const users = ids.map(({ userId }) => userId);
  await owner`insert into users (id, email, role, display_name)
    select id, id || '@bench.example', 'patient', 'Bench' from unnest(${users}::uuid[]) id`;
  await owner`insert into patients (id, user_id, given_name, family_name)
    select p, u, 'Bench', 'Patient' from unnest(${ids.map(({ patientId }) => patientId)}::uuid[], ${users}::uuid[]) as t(p, u)`;
  return ids.map(({ patientId, userId }) => ({
    kind: "user",
    userId,
    role: "patient",
    sessionId: uuidv7(),
    patientId,
    doctorId: null,
  }));
}

function jobMaker(now: Date, doctors: readonly string[], patients: readonly UserActor[]): Clinic["jobs"] {
  let made = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const number = made++;
      // Fifty doctors at one time, then the next time; patients go round, so nobody is asked to be in two places.
      const slot = Math.floor(number / doctors.length);
      const day = now.getTime() + DAY_MS * (1 + Math.floor(slot / SLOTS_A_DAY)) + 9 * 3_600_000;
      return {
        doctorId: doctors[number % doctors.length] as string,
        start: new Date(day + (slot % SLOTS_A_DAY) * SLOT_MS),
        patient: patients[number % patients.length] as UserActor,
      };
    });
}

/** Past the triggers: the data set of the other benches must be as it was. */
async function remove(owner: postgres.Sql, locationId: string) {
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`create temp table gone on commit drop as select id, doctor_id, service_id, patient_id from appointments where location_id = ${locationId}`;
    await tx`delete from appointment_events where appointment_id in (select id from gone)`;
    await tx`delete from outbox where (payload->>'appointmentId')::uuid in (select id from gone)`;
    await tx`delete from audit_log where table_name = 'appointments' and row_id in (select id::text from gone)`;
    await tx`delete from doctor_busy_days where doctor_id in (select doctor_id from gone)`;
    await tx`delete from appointments where id in (select id from gone)`;
    await tx`delete from schedule_rules where location_id = ${locationId}`;
    await tx`delete from doctor_services where service_id in (select service_id from gone)`;
    await tx`delete from doctors where id in (select doctor_id from doctor_locations where location_id = ${locationId})`;
    await tx`delete from doctor_locations where location_id = ${locationId}`;
    await tx`delete from services where id in (select service_id from gone)`;
    await tx`delete from locations where id = ${locationId}`;
    await tx`delete from patients where given_name = 'Bench' and family_name = 'Patient'`;
    await tx`delete from users where email like '%@bench.example'`;
  });
}
