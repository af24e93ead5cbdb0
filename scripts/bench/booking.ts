import { performance } from "node:perf_hooks";
import { uuidv7 } from "uuidv7";
import { connect, type Db } from "@/db/client";
import { range } from "@/db/ranges";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { newReference } from "@/lib/appointments/reference";
import type { UserActor } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";
import { makeBareTable } from "./bare-table";
import { type BenchEnv, type BenchRow, percentile } from "./bench";
import { type Clinic, DOCTORS, type Job, makeClinic } from "./booking-clinic";

const CONNECTIONS = 16;
const PER_ROUND = 2_000;
const ROUNDS = 5;
const WARM_UP = 400;
const HOT_CLIENTS = 64;
const HOT_ROUNDS = 100;
const SERVICE_MS = 30 * 60_000;

/** Runs `work` on every job, as many at once as there are connections. Jobs a second. */
async function rate<T>(jobs: readonly T[], work: (job: T) => Promise<unknown>): Promise<number> {
  let next = 0;
  const begun = performance.now();
  const worker = async () => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) await work(job);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return jobs.length / ((performance.now() - begun) / 1_000);
}

const median = (values: number[]) => percentile(values, 0.5);

const contextOf = (db: Db, actor: UserActor, now: Date): Context => ({ db, actor, now, requestId: "bench" });

const bareInsert = (db: Db, clinic: Clinic, { doctorId, start, patient }: Job) => {
  const span = range(start, new Date(start.getTime() + SERVICE_MS));
  return db.pg`
    insert into bench_bare (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy, created_by_user_id)
    values (${uuidv7()}, ${newReference()}, 'booked', ${clinic.serviceId}, ${doctorId}, ${clinic.locationId}, ${patient.patientId}, ${span}, ${span},
      ${patient.userId})
    on conflict do nothing returning id`;
};

async function bookOne(db: Db, clinic: Clinic, { doctorId, start, patient }: Job) {
  const { serviceId, now } = clinic;
  const booked = await bookAppointment(contextOf(db, patient, now), { serviceId, doctorId, start });
  if (!booked.ok) throw new Error(`the bench could not book: ${JSON.stringify(booked)}`);
}

/** Takes turns, so that whatever else the machine does meets both alike. */
async function throughput(db: Db, clinic: Clinic): Promise<BenchRow[]> {
  const bare: number[] = [];
  const verb: number[] = [];
  const ratios: number[] = [];
  await rate(clinic.jobs(WARM_UP), (job) => bookOne(db, clinic, job));
  await rate(clinic.jobs(WARM_UP), (job) => bareInsert(db, clinic, job));
  for (let round = 0; round < ROUNDS; round++) {
    const jobs = clinic.jobs(PER_ROUND);
    bare.push(await rate(jobs, (job) => bareInsert(db, clinic, job)));
    verb.push(await rate(jobs, (job) => bookOne(db, clinic, job)));
    ratios.push((verb[round] as number) / (bare[round] as number));
  }
  return [
    {
      area: "booking",
      name: "through the verb, 16 connections",
      value: median(verb),
      unit: "1/s",
      bare: { name: "bare insert", value: median(bare) },
      ratio: median(ratios),
      target: { at: "least", ratio: 0.25 },
    },
  ];
}

/** The usual way for comparison: the doctor's row is locked, then a look, then the insert. */
const rowLock = (db: Db, clinic: Clinic, job: Job) =>
  db.pg.begin(async (pg) => {
    const { doctorId, start, patient } = job;
    const end = new Date(start.getTime() + SERVICE_MS);
    await pg`select 1 from doctors where id = ${doctorId} for no key update`;
    const [taken] = await pg`select 1 from bench_bare where doctor_id = ${doctorId} and status <> 'cancelled'
      and starts_at < ${end} and ends_at > ${start} limit 1`;
    if (taken) return false;
    await pg`insert into bench_bare (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy)
      values (${uuidv7()}, ${newReference()}, 'booked', ${clinic.serviceId}, ${doctorId}, ${clinic.locationId}, ${patient.patientId},
        ${range(start, end)}, ${range(start, end)})`;
    return true;
  });

type Contest = { p50: number; p99: number };

async function contest(clinic: Clinic, attempt: (job: Job) => Promise<boolean>): Promise<Contest> {
  const times: number[] = [];
  for (const { doctorId, start } of clinic.times(HOT_ROUNDS)) {
    const won = await Promise.all(
      clinic.patients.slice(0, HOT_CLIENTS).map(async (patient) => {
        const begun = performance.now();
        const isWinner = await attempt({ doctorId, start, patient });
        times.push(performance.now() - begun);
        return isWinner;
      }),
    );
    const winners = won.filter(Boolean).length;
    if (winners !== 1) throw new Error(`${winners} of ${HOT_CLIENTS} won one slot`);
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

async function hotSlot(db: Db, clinic: Clinic): Promise<BenchRow[]> {
  const { serviceId, now } = clinic;
  const verb = await contest(clinic, async ({ doctorId, start, patient }) => {
    const result = await bookAppointment(contextOf(db, patient, now), { serviceId, doctorId, start });
    return result.ok;
  });
  const locked = await contest(clinic, (job) => rowLock(db, clinic, job));
  const row = (name: "p50" | "p99"): BenchRow => ({
    area: "hot slot",
    name: `${HOT_CLIENTS} clients x ${HOT_ROUNDS} rounds, one winner each: ${name}`,
    value: verb[name],
    unit: "ms",
    bare: { name: "bare insert behind a row lock", value: locked[name] },
    ratio: verb[name] / locked[name],
  });
  return [row("p50"), row("p99")];
}

/** Booking against the bare insert, and a slot that everybody wants. What it made goes at the end. */
export async function run({ url, owner }: BenchEnv): Promise<BenchRow[]> {
  const db = connect(url, { max: CONNECTIONS, name: "slotwell-bench" });
  const clinic = await makeClinic(owner, ROUNDS * PER_ROUND + 2 * WARM_UP + 2 * HOT_ROUNDS * DOCTORS);
  try {
    await makeBareTable(owner);
    return [...(await throughput(db, clinic)), ...(await hotSlot(db, clinic))];
  } finally {
    await owner`drop table if exists bench_bare`;
    await clinic.remove();
    await db.close();
  }
}
