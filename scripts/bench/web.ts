import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { connect } from "@/db/client";
import { range } from "@/db/ranges";
import { newReference } from "@/lib/appointments/reference";
import { signAccessToken } from "@/lib/platform/auth-token";
import { makeBareTable } from "./bare-table";
import type { BenchEnv, BenchRow } from "./bench";
import { type Clinic, type Job, makeClinic } from "./booking-clinic";
import { firstLoadJavaScript } from "./first-load";
import { type Ask, requestRate } from "./http-load";
import { CONNECTIONS, inTurns, ROUNDS, rateRow, type Sites, sessionOf, staffCookie, withSites } from "./sites";
import { residentMib, workerMemory } from "./worker-memory";

const BOOKINGS = 1_500;
const WARM_UP = 200;
const VISIT_MS = 30 * 60_000;

async function bookings({ ours: site, bare }: Sites, clinic: Clinic, tokens: Map<string, string>): Promise<BenchRow> {
  const json = { "content-type": "application/json" };
  const ours = ({ doctorId, start, patient }: Job): Ask => ({
    method: "POST",
    url: `${site.base}/api/v1/appointments`,
    headers: { ...json, authorization: `Bearer ${tokens.get(patient.userId)}` },
    body: JSON.stringify({ serviceId: clinic.serviceId, doctorId, start: start.toISOString() }),
  });
  const insert = ({ doctorId, start, patient }: Job): Ask => ({
    method: "POST",
    url: `${bare.base}/insert`,
    headers: json,
    body: JSON.stringify({
      id: uuidv7(),
      reference: newReference(),
      serviceId: clinic.serviceId,
      doctorId,
      locationId: clinic.locationId,
      patientId: patient.patientId,
      span: range(start, new Date(start.getTime() + VISIT_MS)),
    }),
  });
  const run = (make: (job: Job) => Ask, count: number) => {
    const jobs = clinic.jobs(count);
    return requestRate((turn) => make(jobs[turn] as Job), count, CONNECTIONS, 201);
  };
  await run(ours, WARM_UP);
  await run(insert, WARM_UP);
  const rates = await inTurns(
    () => run(ours, BOOKINGS),
    () => run(insert, BOOKINGS),
  );
  return rateRow("web", "POST /api/v1/appointments", "bare route handler, one insert", rates, 0.5);
}

async function tokensOf(url: string, owner: postgres.Sql, clinic: Clinic): Promise<Map<string, string>> {
  const db = connect(url, { max: 2, name: "slotwell-bench" });
  const tokens = new Map<string, string>();
  const before = new Date(Date.now() - 1_000);
  for (const patient of clinic.patients) {
    const sessionId = await sessionOf(owner, patient, "api");
    tokens.set(
      patient.userId,
      await signAccessToken(db, { userId: patient.userId, sessionId, role: "patient" }, before),
    );
  }
  await db.close();
  return tokens;
}

const plain = (name: string, value: number, unit: BenchRow["unit"]): BenchRow => ({ area: "web", name, value, unit });

/** Booking over HTTP on the production build against a bare Next app on the same database; then memory, start time, and what a browser loads first. */
export async function run({ url, owner }: BenchEnv): Promise<BenchRow[]> {
  const clinic = await makeClinic(owner, 2 * (ROUNDS * BOOKINGS + WARM_UP));
  await makeBareTable(owner);
  try {
    return await withSites(url, async (sites) => {
      const { ours, dataDir } = sites;
      const rest = residentMib(ours.child.pid);
      const booked = await bookings(sites, clinic, await tokensOf(url, owner, clinic));
      const loaded = residentMib(ours.child.pid);
      const worker = await workerMemory(url, dataDir, async () => {});
      const faces = await firstLoadJavaScript(ours.base, await staffCookie(url, owner, "receptionist"));
      return [
        booked,
        plain("memory of the web at rest", rest, "MB"),
        plain("memory of the web after load", loaded, "MB"),
        plain("memory of the worker at rest", worker.restMib, "MB"),
        plain("start of the web until ready", ours.startMs / 1_000, "s"),
        ...faces.map(({ name, kilobytes }) => plain(name, kilobytes, "KB")),
      ];
    });
  } finally {
    await owner`drop table if exists bench_bare`;
    await clinic.remove();
  }
}
