import { once } from "node:events";
import type postgres from "postgres";
import { z } from "zod";
import type { Db } from "@/db/client";
import type { Result } from "@/lib/domain/result";
import type { ImportRow } from "./parse-row";
import type { CsvFile } from "./read-csv";

const PAGE = 500;

/** A row in the order in which it was asked for; `problem` where it was refused before any booking. */
export type StagedRow = {
  line: number;
  fields: string[];
  row: ImportRow | null;
  problem: { code: string; detail: string } | null;
};

export type Stage = {
  count: number;
  locations: string[];
  /** In the order of asking, a few hundred at a time. */
  pages: () => AsyncGenerator<StagedRow[]>;
  close: () => Promise<void>;
};

const stagedRow = z.custom<Omit<StagedRow, "line" | "problem"> & { detail: string | null }>();

/**
 * Reads the whole file into a temporary table, which only this session sees, and sorts it there: by when a visit was asked for, then by line.
 * PostgreSQL sorts on its disk, so memory does not grow with the file; what is wrong with the file is thrown from here.
 */
export async function stageFile(
  db: Db,
  csv: CsvFile,
  read: (fields: string[]) => Result<ImportRow>,
  onRead: (rows: number) => void,
): Promise<Stage> {
  const pg = await db.pg.reserve();
  const close = async () => {
    await pg`drop table if exists pg_temp.import_sorted`.catch(() => undefined);
    pg.release();
  };
  try {
    await pg`set statement_timeout = 0`;
    await pg`create temp table import_rows (line int, external_id text, location text, requested_at bigint, body text) on commit preserve rows`;
    await copyRows(pg, csv, read, onRead);
    await pg`create temp table import_sorted as
      select row_number() over (order by requested_at nulls first, line)::int as at, line, location, body,
        case when external_id is not null then first_value(line) over (partition by external_id order by requested_at, line) end as first_line
      from import_rows`;
    await pg`drop table import_rows`;
    await pg`create index on import_sorted (at)`;
    const [{ count } = { count: 0 }] = await pg<{ count: number }[]>`select count(*)::int as count from import_sorted`;
    const locations = await pg<{ location: string }[]>`
      select distinct location from import_sorted where location is not null order by location`;
    return { count, locations: locations.map(({ location }) => location), pages: () => pages(pg), close };
  } catch (error) {
    await pg`drop table if exists pg_temp.import_rows`.catch(() => undefined);
    await close();
    throw error;
  }
}

/** COPY's text format: a backslash goes before backslash, tab and line breaks. */
const copied = (value: string | number | null) =>
  value === null
    ? "\\N"
    : String(value).replace(/[\\\t\n\r]/g, (sign) => `\\${{ "\t": "t", "\n": "n", "\r": "r" }[sign] ?? sign}`);

async function copyRows(
  pg: postgres.ReservedSql,
  csv: CsvFile,
  read: (fields: string[]) => Result<ImportRow>,
  onRead: (rows: number) => void,
): Promise<void> {
  const into = await pg`copy import_rows (line, external_id, location, requested_at, body) from stdin`.writable();
  let failure: unknown;
  into.on("error", (error) => {
    failure = error;
  });
  let count = 0;
  try {
    for await (const { line, fields } of csv.rows) {
      const parsed = read(fields);
      const row = parsed.ok ? parsed.value : null;
      const body = JSON.stringify({ fields, row, detail: parsed.ok ? null : parsed.detail });
      const values = [line, row?.externalId ?? null, row?.location ?? null, row?.requestedAt ?? null, body];
      if (failure) throw failure;
      if (!into.write(`${values.map(copied).join("\t")}\n`)) await once(into, "drain");
      if (++count % 1_000 === 0) onRead(count);
    }
  } catch (error) {
    into.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  into.end();
  await once(into, "finish");
  onRead(count);
}

async function* pages(pg: postgres.ReservedSql): AsyncGenerator<StagedRow[]> {
  for (let after = 0; ; ) {
    const page = await pg<{ at: number; line: number; first_line: number | null; body: string }[]>`
      select at, line, first_line, body from import_sorted where at > ${after} order by at limit ${PAGE}`;
    if (page.length === 0) return;
    yield page.map(({ line, first_line, body }) => staged(line, first_line, body));
    after = page.at(-1)?.at ?? after;
  }
}

function staged(line: number, firstLine: number | null, body: string): StagedRow {
  const { fields, row, detail } = stagedRow.parse(JSON.parse(body));
  if (detail !== null) return { line, fields, row, problem: { code: "invalid_value", detail } };
  const isRepeated = firstLine !== null && firstLine !== line;
  const problem = isRepeated
    ? { code: "duplicate_id", detail: `the same number stands in line ${firstLine} already` }
    : null;
  return { line, fields, row, problem };
}
