import { readFile } from "node:fs/promises";
import { type Db, type Tx, withActor } from "@/db/client";
import { withRetries } from "@/lib/appointments/with-retries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { type Context, systemContext } from "@/lib/platform/context";
import { ImportFault } from "./fault";
import { type ImportMap, parseMap } from "./map";
import { rowReader } from "./parse-row";
import { type Placed, placeRow } from "./place-row";
import { type ImportClinic, prepareClinic } from "./prepare";
import { openCsv } from "./read-csv";
import { openRejects, type Reject, type RejectFile } from "./rejects";
import { type Stage, type StagedRow, stageFile } from "./stage";

export type ImportOptions = {
  file: string;
  mapFile: string;
  /** Judges every row and writes nothing, neither to the database nor to disk. */
  isDryRun?: boolean;
  /** Where refused rows go; beside the file `FILE.rejected.csv` where absent. */
  rejectedFile?: string;
  /** Rows in work at once. */
  concurrency?: number;
  onProgress?: (progress: Progress) => void;
};
export type Progress = { phase: "reading" | "booking"; done: number; total: number | null };
export type ImportReport = {
  rows: number;
  booked: number;
  /** Rows that an earlier run had brought in. */
  already: number;
  refused: number;
  reasons: Record<string, number>;
  rejectedFile: string | null;
};

type Job = { db: Db; now: Date; clinic: ImportClinic; requestId: string };
type Placing = Result<Placed>;

/**
 * Imports a CSV by its map, row by row in the order in which the visits were asked for. Each row is one transaction, so a stop leaves whole rows,
 * and a second run brings in what is missing and no more. Throws `ImportFault`, before anything is written, for what is wrong with file or map.
 * @param now the real now: visits before it send no messages
 */
export async function runImport(db: Db, now: Date, options: ImportOptions): Promise<ImportReport> {
  const map = parseMap(options.mapFile, await textOf(options.mapFile));
  const csv = await openCsv(options.file, map);
  const stage = await stageFile(db, csv, rowReader(csv.header, map), (done) =>
    options.onProgress?.({ phase: "reading", done, total: null }),
  );
  try {
    return options.isDryRun
      ? await tryOut(db, now, { stage, map, options })
      : await bringIn(db, now, { stage, map, options, header: csv.header });
  } finally {
    await stage.close();
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new ImportFault(file, "there is no such map, or it cannot be read");
  }
}

type Work = { stage: Stage; map: ImportMap; options: ImportOptions };

async function bringIn(db: Db, now: Date, work: Work & { header: string[] }): Promise<ImportReport> {
  const { stage, map, options } = work;
  const rejectedFile = options.rejectedFile ?? `${options.file.replace(/\.csv$/i, "")}.rejected.csv`;
  // Opened first: where it can't be written, nothing else is.
  const rejects = await openRejects(rejectedFile, work.header, map.delimiter);
  const base = systemContext(db, "import", now);
  const clinic = await withActor(base, (tx) => prepareClinic(tx, options.mapFile, map, stage.locations));
  const job: Job = { db, now, clinic, requestId: base.requestId };
  const tally = newTally(work, rejects);
  const lanes = new Map<string, Promise<unknown>>();
  const waiting: { row: StagedRow; placing: Promise<Placing> }[] = [];
  const most = 8 * (options.concurrency ?? 6);
  const settle = async () => {
    const first = waiting.shift();
    if (first) await tally.count(first.row, await first.placing);
  };
  try {
    for await (const page of stage.pages()) {
      const known = await alreadyThere(base, page);
      for (const row of page) {
        const isKnown = !row.problem && known.has(row.row?.externalId ?? "");
        const placing: Promise<Placing> = isKnown
          ? Promise.resolve(ok("already" as const))
          : inLanes(lanes, lanesOf(row, clinic), () => placeAlone(job, row));
        // Its turn to be looked at comes later; until then a failure is not unhandled.
        placing.catch(() => undefined);
        waiting.push({ row, placing });
        if (waiting.length >= most) await settle();
      }
    }
    while (waiting.length > 0) await settle();
  } catch (error) {
    await Promise.allSettled(waiting.map(({ placing }) => placing));
    throw error;
  }
  await rejects.close();
  return { ...tally.report, rejectedFile };
}

/** What earlier runs brought in, asked for a page at a time: a second run is then mostly reading. */
async function alreadyThere(ctx: Context, page: StagedRow[]): Promise<Set<string>> {
  const ids = page.flatMap(({ row }) => (row ? [row.externalId] : []));
  const there = await withActor(
    ctx,
    ({ pg }) => pg<{ external_id: string }[]>`select external_id from appointments where external_id = any(${ids})`,
  );
  return new Set(there.map(({ external_id }) => external_id));
}

/** Rows of one patient, and of one place and day, keep their order; all others are free of each other. */
function lanesOf({ row }: StagedRow, clinic: ImportClinic): string[] {
  if (!row) return [];
  const day = clinic.sharesDoctors ? `day ${row.day}` : `day ${row.day} ${row.location}`;
  return [day, `patient ${row.patientExternalId}`];
}

function inLanes<T>(lanes: Map<string, Promise<unknown>>, keys: string[], work: () => Promise<T>): Promise<T> {
  const done = Promise.all(keys.map((key) => lanes.get(key) ?? Promise.resolve())).then(work);
  const leave = () => {
    for (const key of keys) if (lanes.get(key) === done) lanes.delete(key);
  };
  for (const key of keys) lanes.set(key, done);
  done.then(leave, leave);
  return done;
}

const problemOf = ({ problem }: StagedRow) => (problem ? refuse(problem.code, { detail: problem.detail }) : null);

function contextOf(job: Job, row: StagedRow): Context {
  const asked = row.row ? new Date(row.row.requestedAt * 1_000) : job.now;
  return systemContext(job.db, "import", asked, job.requestId);
}

/** One row in a transaction of its own; a refusal leaves nothing of it. */
async function placeAlone(job: Job, staged: StagedRow): Promise<Placing> {
  const { row } = staged;
  const problem = problemOf(staged);
  if (problem || !row) return problem ?? refuse("invalid_value");
  const ctx = contextOf(job, staged);
  return withRetries(() => withActor(ctx, (tx): Promise<Placing> => placeRow(tx, ctx, job.clinic, row, job.now)));
}

/** The whole import in one transaction that is rolled back. */
async function tryOut(db: Db, now: Date, work: Work): Promise<ImportReport> {
  const { stage, map, options } = work;
  const base = systemContext(db, "import", now);
  const tally = newTally(work, null);
  await withActor(base, async (tx) => {
    // What one transaction adds the planner does not count: to it the tables stay as small as they were, and reading them whole looks cheap.
    await tx.pg`set local enable_seqscan = off`;
    const clinic = await prepareClinic(tx, options.mapFile, map, stage.locations);
    const job: Job = { db, now, clinic, requestId: base.requestId };
    for await (const page of stage.pages()) {
      for (const row of page) await tally.count(row, await tryRow(tx, job, row));
    }
    return refuse("dry_run");
  });
  return { ...tally.report, rejectedFile: null };
}

async function tryRow(tx: Tx, job: Job, staged: StagedRow): Promise<Placing> {
  const { row } = staged;
  const problem = problemOf(staged);
  if (problem || !row) return problem ?? refuse("invalid_value");
  await tx.pg`savepoint import_row`;
  const placed: Placing = await placeRow(tx, contextOf(job, staged), job.clinic, row, job.now);
  await (placed.ok ? tx.pg`release savepoint import_row` : tx.pg`rollback to savepoint import_row`);
  return placed;
}

function newTally({ stage, options }: Work, rejects: RejectFile | null) {
  const report: Omit<ImportReport, "rejectedFile"> = { rows: 0, booked: 0, already: 0, refused: 0, reasons: {} };
  const count = async (row: StagedRow, placed: Placing) => {
    report.rows++;
    if (placed.ok) report[placed.value]++;
    else {
      const reject: Reject = { code: placed.code, detail: placed.detail ?? placed.code };
      report.refused++;
      report.reasons[reject.code] = (report.reasons[reject.code] ?? 0) + 1;
      await rejects?.add(row, reject);
    }
    options.onProgress?.({ phase: "booking", done: report.rows, total: stage.count });
  };
  return { report, count };
}
