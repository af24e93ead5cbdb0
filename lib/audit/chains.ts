import type postgres from "postgres";
import type { Tx } from "@/db/client";
import type { AUDIT_CHAINS } from "@/db/schema";

export type Chain = (typeof AUDIT_CHAINS)[number];

/** How rows are written down to be hashed. A column that is added to a log needs a new format; seals keep the one they were made with. */
export const FORMAT = 1;
const COLUMNS = {
  audit_log: {
    1: "id, (extract(epoch from at) * 1000000)::bigint, actor_kind, user_id, role, job, request_id, patient_id, table_name, row_id, operation, changes",
  },
  access_log: {
    1: "id, (extract(epoch from at) * 1000000)::bigint, patient_id, user_id, role, job, record_id, what, access, request_id",
  },
} as const satisfies Record<Chain, Record<number, string>>;

/** One row of a log: `text` is json of its columns, the same on every server and in every session. */
export type LogRow = { id: number; text: string };

const PAGE = 10_000;

/** Rows with `after` < id <= `upTo` in order of id, at most 10,000 of them. */
export async function readRows(
  { pg }: Pick<Tx, "pg">,
  chain: Chain,
  { after, upTo, format = FORMAT }: { after: number | null; upTo: number; format?: number },
): Promise<LogRow[]> {
  const columns = (COLUMNS[chain] as Record<number, string>)[format];
  if (!columns) throw new Error(`rows of ${chain} have no format ${format}`);
  const rows = await pg<{ id: string; text: string }[]>`
    select id, json_build_array(${pg.unsafe(columns)})::text as text from ${pg(chain)}
    where id <= ${upTo} ${after === null ? pg`` : pg`and id > ${after}`} order by ${pg(chain)}.id limit ${PAGE}`;
  return rows.map(({ id, text }) => ({ id: Number(id), text }));
}

/** Names of the columns that a format covers; a test holds them against the table. */
export const coveredColumns = (chain: Chain): string[] =>
  COLUMNS[chain][FORMAT].replace("(extract(epoch from at) * 1000000)::bigint", "at").split(", ");

type Pg = Pick<postgres.TransactionSql, "unsafe">;
export const sequenceOf = (pg: Pg, chain: Chain) => pg.unsafe(`${chain}_id_seq`);
