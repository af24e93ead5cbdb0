import { type Db, type Tx, withActor } from "@/db/client";
import { AUDIT_CHAINS } from "@/db/schema";
import { systemContext } from "@/lib/platform/context";
import { type Chain, FORMAT } from "./chains";
import { compareRows, RowReader } from "./compare-rows";
import { ChainBroken } from "./finding";
import type { Seal } from "./seal";
import { nextSeal, type Sealing, trust } from "./seal-audit";
import { addSeal, lastSeal, readSeals, removedUpTo, takeTurn } from "./seals";

/** At once, so that a transaction stays short. */
const ROWS_AT_ONCE = 20_000;
const DAY_MS = 86_400_000;

/**
 * Removes log rows older than `keepDays`, in whole sealed batches from the oldest on. Their seals stay, and with them how many there were, when, and a hash of
 * each; a seal of its own says that they were removed. Rows that do not fit their seal are not removed: it throws `ChainBroken`. Gives how many went.
 */
export async function removeOldRows(db: Db, keepDays: number, sealing: Sealing): Promise<number> {
  const before = new Date(sealing.now.getTime() - keepDays * DAY_MS);
  let total = 0;
  for (const chain of AUDIT_CHAINS)
    total += await withActor(systemContext(db, "remove-old-audit", sealing.now), (tx) =>
      removeSome(tx, chain, before, sealing),
    );
  return total;
}

async function removeSome(tx: Tx, chain: Chain, before: Date, sealing: Sealing): Promise<number> {
  if (!(await takeTurn(tx, chain))) return 0;
  const seals = await oldSeals(tx, chain, before);
  const upTo = seals.at(-1)?.lastId;
  const last = await lastSeal(tx, chain);
  if (upTo === undefined || !last) return 0;
  await trust(last, chain, sealing);
  // What was tampered with has to stay until somebody has looked at it.
  const reader = new RowReader(tx, chain, upTo);
  for (const seal of seals) {
    const finding = await compareRows(reader, seal);
    if (finding) throw new ChainBroken(finding);
  }
  const content = { chain, kind: "removal", format: FORMAT, lastId: upTo, rowCount: 0, at: sealing.now } as const;
  await addSeal(tx, nextSeal(last, { ...content, digest: Buffer.alloc(0), leaves: Buffer.alloc(0) }, sealing));
  const [row] = await tx.pg<{ removed: string }[]>`select remove_sealed_rows(${chain}, ${upTo}) as removed`;
  return Number(row?.removed ?? 0);
}

/** The oldest seals whose rows are still there and all older than that. */
async function oldSeals(tx: Tx, chain: Chain, before: Date): Promise<Seal[]> {
  const removed = (await removedUpTo(tx, chain)) ?? Number.NEGATIVE_INFINITY;
  const found: Seal[] = [];
  let rows = 0;
  let previous: number | null = null;
  for await (const seal of readSeals(tx, chain)) {
    if (seal.kind !== "rows") continue;
    const after: number | null = previous;
    previous = seal.lastId;
    if (seal.lastId <= removed) continue;
    if (rows + seal.rowCount > ROWS_AT_ONCE || !(await areOlder(tx, chain, { after, upTo: seal.lastId, before })))
      break;
    rows += seal.rowCount;
    found.push(seal);
  }
  return rows > 0 ? found : [];
}

async function areOlder(
  { pg }: Tx,
  chain: Chain,
  { after, upTo, before }: { after: number | null; upTo: number; before: Date },
): Promise<boolean> {
  const [row] = await pg<{ young: boolean }[]>`select exists (select from ${pg(chain)}
    where id <= ${upTo} ${after === null ? pg`` : pg`and id > ${after}`} and at >= ${before}) as young`;
  return !row?.young;
}
