import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type postgres from "postgres";
import { expect, it } from "vitest";
import { addLogRows, freshAnchors, KEYS, withinTransaction } from "@/tests/support/audit-chain";
import { testDb } from "@/tests/support/db";
import { AUDITED_TABLES } from "./audited-tables";
import { type Chain, coveredColumns } from "./chains";
import type { Finding } from "./finding";
import { digestRows, hashOf, NO_HASH, type Seal } from "./seal";
import { sealAudit } from "./seal-audit";
import { readSeals } from "./seals";
import { verifyAudit } from "./verify-audit";

const { db, owner } = await testDb();
const anchors = await freshAnchors();
const now = new Date("2026-03-02T12:00:00Z");
const sealing = { keys: KEYS, anchors, now };
const SEALS = 8;
for (let seal = 0; seal < SEALS; seal++) {
  await addLogRows(owner, 12);
  await sealAudit(db, sealing);
}
await addLogRows(owner, 3);

type Tx = postgres.TransactionSql;
type Random = (below: number) => number;
/** Does harm; gives the id of the first bad row, null where it is a seal that is bad. */
type Tampering = (tx: Tx, chain: Chain, random: Random) => Promise<string | null>;

/** The first finding of a database on which `harm` was done, as its owner. All is as it was afterwards. */
async function findingAfter<T>(harm: (tx: Tx) => Promise<T>): Promise<{ finding: Finding | null; done: T }> {
  class Undo extends Error {}
  let answer: { finding: Finding | null; done: T } | undefined;
  await owner
    .begin(async (tx) => {
      const done = await harm(tx);
      const { chains, guards } = await verifyAudit(withinTransaction(tx), sealing);
      answer = { done, finding: chains.find(({ finding }) => finding)?.finding ?? guards };
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  if (!answer) throw new Error("nothing was found out");
  return answer;
}

/** Numbers that look random and are the same in each run (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const sealedIds = async (tx: Tx, chain: Chain) =>
  (
    await tx<{ id: string }[]>`select id from ${tx(chain)}
      where id <= (select max(last_id) from audit_seals where chain = ${chain}) order by ${tx(chain)}.id`
  ).map(({ id }) => Number(id));
const pick = <T>(list: readonly T[], random: Random) => list[random(list.length)] as T;

const EDITS: Record<Chain, string[]> = {
  audit_log: [
    "user_id = gen_random_uuid()",
    "role = 'doctor'",
    "at = at + interval '1 microsecond'",
    "operation = 'INSERT'",
    "changes = jsonb_set(changes, '{locale,1}', '\"pt\"')",
    "changes = null",
    "patient_id = null",
    "request_id = request_id || ' '",
    "job = ''",
  ],
  access_log: [
    "user_id = gen_random_uuid()",
    "user_id = null",
    "at = at - interval '1 hour'",
    "what = 'list'",
    "access = 'break_glass'",
    "patient_id = gen_random_uuid()",
    "record_id = gen_random_uuid()",
  ],
};
const insertAt = (tx: Tx, chain: Chain, id: number) =>
  tx.unsafe(
    chain === "audit_log"
      ? `insert into audit_log (id, actor_kind, table_name, row_id, operation) overriding system value values (${id}, 'user', 'patients', 'x', 'INSERT')`
      : `insert into access_log (id, patient_id, what, access) overriding system value values (${id}, gen_random_uuid(), 'record', 'treating')`,
  );

const TAMPERINGS: Record<string, Tampering> = {
  "changes a row": async (tx, chain, random) => {
    const id = pick(await sealedIds(tx, chain), random);
    await tx.unsafe(`update ${chain} set ${pick(EDITS[chain], random)} where id = ${id}`);
    return String(id);
  },
  "takes rows out": async (tx, chain, random) => {
    const ids = await sealedIds(tx, chain);
    const from = random(ids.length);
    const gone = ids.slice(from, from + 1 + random(20));
    await tx`delete from ${tx(chain)} where id = any(${gone}::bigint[])`;
    return String(gone[0]);
  },
  "puts a row in between": async (tx, chain, random) => {
    const id = pick(await sealedIds(tx, chain), random) - 1;
    await insertAt(tx, chain, id);
    return String(id);
  },
  "puts a row before the first": async (tx, chain, random) => {
    const id = -random(1000);
    await insertAt(tx, chain, id);
    return String(id);
  },
  "puts a row where no id has been given out": async (tx, chain, random) => {
    const id = 1_000_000 + random(1_000_000);
    await insertAt(tx, chain, id);
    return String(id);
  },
  "swaps two rows": async (tx, chain, random) => {
    const ids = await sealedIds(tx, chain);
    const [a, b] = [random(ids.length), random(ids.length - 1)];
    const pair = [ids[a] as number, ids[b >= a ? b + 1 : b] as number];
    const columns = coveredColumns(chain).filter((name) => name !== "id");
    await tx.unsafe(`update ${chain} l set (${columns.join(",")}) = (select ${columns.map((name) => `o.${name}`).join(",")}
      from ${chain} o where o.id = case l.id when ${pair[0]} then ${pair[1]} else ${pair[0]} end) where id in (${pair.join(",")})`);
    return String(Math.min(...pair));
  },
  "empties the log": async (tx, chain) => {
    const [first] = await sealedIds(tx, chain);
    await tx`truncate ${tx(chain)}`;
    return String(first);
  },
  "cuts the tail": async (tx, chain, random) => {
    const id = pick(await sealedIds(tx, chain), random);
    await tx`delete from ${tx(chain)} where id >= ${id}`;
    return String(id);
  },
  "cuts the tail with its seals": async (tx, chain, random) => {
    const number = 1 + random(SEALS);
    await tx`delete from audit_seals where chain = ${chain} and number >= ${number}`;
    await tx`delete from ${tx(chain)} where id > coalesce((select max(last_id) from audit_seals where chain = ${chain}), 0)`;
    return null;
  },
  "empties the log and its seals": async (tx, chain) => {
    await tx`delete from audit_seals where chain = ${chain}`;
    await tx`truncate ${tx(chain)}`;
    return null;
  },
  "takes a seal out": async (tx, chain, random) => {
    await tx`delete from audit_seals where chain = ${chain} and number = ${1 + random(SEALS)}`;
    return null;
  },
  "changes a seal": async (tx, chain, random) => {
    const change = pick(
      [
        "digest = sha256('x')",
        "leaves = leaves || leaves",
        "row_count = row_count + 1",
        "last_id = last_id + 1",
        "at = at + interval '1 second'",
        "mac = sha256('x')",
        "hash = sha256('x')",
      ],
      random,
    );
    await tx.unsafe(`update audit_seals set ${change} where chain = '${chain}' and number = ${1 + random(SEALS)}`);
    return null;
  },
  "changes a row and seals all anew without the key": async (tx, chain, random) => {
    const id = pick(await sealedIds(tx, chain), random);
    await tx.unsafe(`update ${chain} set ${EDITS[chain][0]} where id = ${id}`);
    await forge(tx, chain, pick(["kept", "none", "unknown"] as const, random));
    return null;
  },
  "claims that rows were too old": async (tx, chain, random) => {
    const ids = await sealedIds(tx, chain);
    const [last] = await tx<
      { id: string }[]
    >`select last_id as id from audit_seals where chain = ${chain} and number = ${1 + random(SEALS)}`;
    const id = random(2) ? Number(last?.id) : pick(ids, random);
    await tx`delete from ${tx(chain)} where id <= ${id}`;
    await tx`insert into audit_seals select chain, number + 1, 'removal', format, ${id}, 0, at, digest, '', sha256('x'), key_id, mac
      from audit_seals where chain = ${chain} order by number desc limit 1`;
    // Of a seal that is only partly claimed to be removed, the first row that is missing; else the forged claim.
    const seals = await tx<
      { id: string }[]
    >`select last_id as id from audit_seals where chain = ${chain} and kind = 'rows' order by number`;
    const whole = seals.findLast((seal) => Number(seal.id) <= id);
    return Number(whole?.id) === id ? null : String(ids.find((one) => one > Number(whole?.id ?? 0)));
  },
  "switches a trigger off": async (tx, _, random) => {
    const table = pick(AUDITED_TABLES, random);
    await tx.unsafe(`alter table ${table} disable trigger ${pick([`${table}_audit`, "user"], random)}`);
    return table;
  },
};

/** What the owner of the database can do who knows how seals are made: every hash is right, and no signature. */
async function forge(tx: Tx, chain: Chain, signature: "kept" | "none" | "unknown") {
  const { readRows } = await import("./chains");
  const seals: Seal[] = [];
  for await (const seal of readSeals({ pg: tx }, chain)) seals.push(seal);
  let [previous, after] = [NO_HASH as Buffer, null as number | null];
  for (const seal of seals) {
    const forged = { ...seal, ...digestRows(await readRows({ pg: tx }, chain, { after, upTo: seal.lastId })) };
    const hash = hashOf(forged, previous);
    await tx`update audit_seals set ${tx({ digest: forged.digest, leaves: forged.leaves, row_count: forged.rowCount, hash })}
      where chain = ${chain} and number = ${seal.number}`;
    [previous, after] = [hash, seal.lastId];
  }
  if (signature === "none") await tx`update audit_seals set key_id = null, mac = null where chain = ${chain}`;
  if (signature === "unknown") await tx`update audit_seals set key_id = 'other' where chain = ${chain}`;
}

it("holds where nobody has been at it, and says what is not sealed yet", async () => {
  const { chains, guards } = await verifyAudit(db, sealing);
  expect(guards).toBeNull();
  for (const chain of chains)
    expect(chain).toMatchObject({ finding: null, rows: SEALS * 12, seals: SEALS, unsealed: 3 });
});

it("finds 1,000 random tamperings, and names the first bad row", async () => {
  const random = randomFrom(20260302);
  const missed: unknown[] = [];
  const counts: Record<string, number> = {};
  for (let turn = 0; turn < 1_000; turn++) {
    const name = pick(Object.keys(TAMPERINGS), random);
    const chain = pick(["audit_log", "access_log"] as const, random);
    const { finding, done: id } = await findingAfter((tx) => (TAMPERINGS[name] as Tampering)(tx, chain, random));
    const isNamed = id === null ? finding?.id.startsWith(`${chain}/`) : finding?.id === id;
    if (!isNamed) missed.push({ turn, name, chain, id, finding });
    counts[name] = (counts[name] ?? 0) + 1;
  }
  expect(missed).toEqual([]);
  expect(Object.keys(counts)).toHaveLength(Object.keys(TAMPERINGS).length);
}, 240_000);

it("finds anchors that were edited, cut out or taken away", async () => {
  const file = path.join(anchors.folder, "audit_log.jsonl");
  const text = await readFile(file, "utf8");
  const lines = text.trimEnd().split("\n");
  const found = async (changed: string | null) => {
    if (changed === null) await rm(file);
    else await writeFile(file, changed);
    const { chains } = await verifyAudit(db, sealing);
    await writeFile(file, text);
    return chains[0]?.finding;
  };
  const third = lines.map((line, index) => (index === 3 ? line.replace(/"hash":"[0-9a-f]{4}/, '"hash":"beef') : line));
  expect(await found(`${third.join("\n")}\n`)).toMatchObject({ table: "audit_seals", id: "audit_log/3" });
  expect(await found(`${lines.toSpliced(4, 1).join("\n")}\n`)).toMatchObject({ table: "anchors" });
  expect(await found(text.replace('{"number":2', "{{"))).toMatchObject({ table: "anchors", id: "audit_log/line 3" });
  expect(await found(null)).toMatchObject({ table: "anchors", id: "audit_log" });
  expect(await found(text)).toBeNull();
});

it("covers every column of both logs", async () => {
  for (const chain of ["audit_log", "access_log"] as const) {
    const columns = await owner<{ name: string }[]>`
      select attname as name from pg_attribute where attrelid = ${chain}::regclass and attnum > 0 and not attisdropped`;
    expect(columns.map(({ name }) => name).sort()).toEqual([...coveredColumns(chain)].sort());
  }
});

it("knows every table that is audited", async () => {
  const tables = await owner<
    { name: string }[]
  >`select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgfoid = 'audit_row()'::regprocedure`;
  expect(tables.map(({ name }) => name).sort()).toEqual([...AUDITED_TABLES].sort());
});
