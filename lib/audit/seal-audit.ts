import { type Db, type Tx, withActor } from "@/db/client";
import { AUDIT_CHAINS } from "@/db/schema";
import { systemContext } from "@/lib/platform/context";
import { type AnchorStore, anchorOf, nothingYet } from "./anchors";
import { type Chain, FORMAT, readRows } from "./chains";
import { ChainBroken } from "./finding";
import { digestRows, makeSeal, NO_HASH, type Seal, type SealKey, signatureOf } from "./seal";
import { addSeal, lastSeal, readSeals, sealAt, sealedUpTo, takeTurn } from "./seals";
import { settledId } from "./settled-id";

export type Sealing = {
  /** The first signs. */
  keys: readonly SealKey[];
  anchors: AnchorStore;
  now: Date;
  /** How long to wait for writers who hold an id that is given out already. */
  waitMs?: number;
};

const WAIT_MS = 5_000;
const ANCHORS_AT_ONCE = 500;

const as = <T>(db: Db, now: Date, work: (tx: Tx) => Promise<T>) =>
  withActor(systemContext(db, "seal-audit", now), work);

/**
 * Seals the log rows that are there and not sealed yet, in batches, and anchors the seals outside the database. Gives how many rows it sealed. May run
 * in any number of processes. Throws `ChainBroken` where it would have to build on what does not hold.
 */
export async function sealAudit(db: Db, sealing: Sealing): Promise<number> {
  let rows = 0;
  for (const chain of AUDIT_CHAINS) {
    const settled = await settledId(db, chain, sealing.waitMs ?? WAIT_MS);
    await anchorSeals(db, chain, sealing);
    for (let count: number | null = settled ?? 0; settled !== null && count !== null; rows += count ?? 0) {
      count = await as(db, sealing.now, (tx) => sealBatch(tx, chain, settled, sealing));
    }
    await anchorSeals(db, chain, sealing);
  }
  return rows;
}

/** The next batch; null where nothing is left, or another process is at it. */
async function sealBatch(tx: Tx, chain: Chain, upTo: number, sealing: Sealing): Promise<number | null> {
  if (!(await takeTurn(tx, chain))) return null;
  const last = await lastSeal(tx, chain);
  const after = await sealedUpTo(tx, chain);
  const rows = after === null || after < upTo ? await readRows(tx, chain, { after, upTo }) : [];
  // A key that is about to go hands over to the new one, so that the newest seal can always be checked.
  const isHandedOver = last !== null && last.keyId !== (sealing.keys[0]?.id ?? null);
  if (rows.length === 0 && !isHandedOver) return null;
  if (last) await trust(last, chain, sealing);
  const lastId = rows.at(-1)?.id ?? after ?? 0;
  await addSeal(
    tx,
    nextSeal(last, { chain, kind: "rows", format: FORMAT, lastId, at: sealing.now, ...digestRows(rows) }, sealing),
  );
  return rows.length;
}

type Content = Omit<Seal, "number" | "hash" | "keyId" | "mac">;

export const nextSeal = (last: Seal | null, content: Content, { keys }: Pick<Sealing, "keys">): Seal =>
  makeSeal({ ...content, number: (last?.number ?? 0) + 1 }, last?.hash ?? NO_HASH, keys[0]);

/** Only what is signed, or anchored, is built on: else a forged seal would be made good by the next true one. */
export async function trust(last: Seal, chain: Chain, { keys, anchors }: Sealing): Promise<void> {
  const signature = signatureOf(last, keys);
  if (signature === "good") return;
  const head = signature === "unknown" ? await anchors.head(chain) : null;
  if (head?.number === last.number && head.hash === last.hash.toString("hex")) return;
  const says =
    signature === "bad" ? "its signature does not hold" : "nothing at hand vouches for it: no key, no anchor";
  throw new ChainBroken({ table: "audit_seals", id: `${chain}/${last.number}`, says });
}

/** Writes down outside the database which seals there are since the last time. */
async function anchorSeals(db: Db, chain: Chain, { anchors, now }: Sealing): Promise<void> {
  await as(db, now, async (tx) => {
    if (!(await takeTurn(tx, chain))) return;
    const newest = await lastSeal(tx, chain);
    const head = await anchors.head(chain);
    if (!newest && !head) return anchors.begin(chain, nothingYet(now, "the first seal"));
    if (!head) throw new ChainBroken(anchorsGone(chain, anchors));
    const held = head.number === 0 ? null : await sealAt(tx, chain, head.number);
    if (head.number > 0 && held?.hash.toString("hex") !== head.hash)
      throw new ChainBroken({
        table: "audit_seals",
        id: `${chain}/${head.number}`,
        says: "it is not what was anchored",
      });
    const batch: Seal[] = [];
    for await (const seal of readSeals(tx, chain, head.number)) {
      batch.push(seal);
      if (batch.length === ANCHORS_AT_ONCE) await anchors.append(chain, batch.splice(0).map(anchorOf));
    }
    await anchors.append(chain, batch.map(anchorOf));
  });
}

export const anchorsGone = (chain: Chain, { place }: AnchorStore) => ({
  table: "anchors" as const,
  id: chain,
  says: `there are seals in the database and none in ${place}`,
});
