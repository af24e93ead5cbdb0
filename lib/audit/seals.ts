import type { Tx } from "@/db/client";
import type { Chain } from "./chains";
import type { Seal } from "./seal";

type Pg = Pick<Tx, "pg">;
type Row = Omit<Seal, "number" | "lastId"> & { number: string; lastId: string };

const PAGE = 200;

const columns = (pg: Tx["pg"]) =>
  pg`chain, number, kind, format, last_id as "lastId", row_count as "rowCount", at, digest, leaves, hash, key_id as "keyId", mac`;
const sealOf = (row: Row): Seal => ({ ...row, number: Number(row.number), lastId: Number(row.lastId) });

/** In order of number, after this one. */
export async function* readSeals({ pg }: Pg, chain: Chain, after = 0): AsyncGenerator<Seal> {
  for (let last: number | null = after; last !== null; ) {
    const rows: Row[] = await pg<Row[]>`
      select ${columns(pg)} from audit_seals where chain = ${chain} and number > ${last} order by number limit ${PAGE}`;
    for (const row of rows) yield sealOf(row);
    last = rows.length < PAGE ? null : Number(rows.at(-1)?.number);
  }
}

export async function lastSeal({ pg }: Pg, chain: Chain): Promise<Seal | null> {
  const [row] = await pg<
    Row[]
  >`select ${columns(pg)} from audit_seals where chain = ${chain} order by number desc limit 1`;
  return row ? sealOf(row) : null;
}

export async function sealAt({ pg }: Pg, chain: Chain, number: number): Promise<Seal | null> {
  const [row] = await pg<Row[]>`select ${columns(pg)} from audit_seals where chain = ${chain} and number = ${number}`;
  return row ? sealOf(row) : null;
}

/** The id up to which rows are sealed. */
export async function sealedUpTo({ pg }: Pg, chain: Chain): Promise<number | null> {
  const [row] = await pg<{ lastId: string }[]>`
    select last_id as "lastId" from audit_seals where chain = ${chain} and kind = 'rows' order by number desc limit 1`;
  return row ? Number(row.lastId) : null;
}

/** The id up to which rows were removed. */
export async function removedUpTo({ pg }: Pg, chain: Chain): Promise<number | null> {
  const [row] = await pg<{ lastId: string | null }[]>`
    select max(last_id) as "lastId" from audit_seals where chain = ${chain} and kind = 'removal'`;
  return row?.lastId ? Number(row.lastId) : null;
}

export const addSeal = ({ pg }: Pg, seal: Seal) => pg`
  insert into audit_seals (chain, number, kind, format, last_id, row_count, at, digest, leaves, hash, key_id, mac)
  values (${seal.chain}, ${seal.number}, ${seal.kind}, ${seal.format}, ${seal.lastId}, ${seal.rowCount}, ${seal.at},
    ${seal.digest}, ${seal.leaves}, ${seal.hash}, ${seal.keyId}, ${seal.mac})`;

/** Seals of a chain are made by one at a time; false where another is at it. */
export async function takeTurn({ pg }: Pg, chain: Chain): Promise<boolean> {
  const [row] = await pg<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(hashtext(${`seal ${chain}`})) as mine`;
  return row?.mine ?? false;
}

/** While one reads a chain, nobody seals or removes rows: what is read last fits what was read first. Many may read at once. */
export const holdChain = ({ pg }: Pg, chain: Chain) =>
  pg`select pg_advisory_xact_lock_shared(hashtext(${`seal ${chain}`}))`;
