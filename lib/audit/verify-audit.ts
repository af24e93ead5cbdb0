import { type Db, type Tx, withActor } from "@/db/client";
import { AUDIT_CHAINS } from "@/db/schema";
import { systemContext } from "@/lib/platform/context";
import { type Anchor, AnchorUnreadable } from "./anchors";
import { type Chain, FORMAT, sequenceOf } from "./chains";
import { compareRows, RowReader } from "./compare-rows";
import { ChainBroken, type Finding } from "./finding";
import { hashOf, NO_HASH, type Seal, signatureOf } from "./seal";
import { anchorsGone, type Sealing } from "./seal-audit";
import { holdChain, readSeals, removedUpTo, sealedUpTo } from "./seals";
import { unguarded } from "./unguarded";

export type ChainReport = {
  chain: Chain;
  seals: number;
  rows: number;
  /** Rows that came after the newest seal: nothing vouches for them yet. */
  unsealed: number;
  removed: number;
  /** Seals that no key at hand can vouch for, so that the seals after them and the anchors alone do. */
  unsigned: number;
  /** Since when heads lie in this place, and from which seal on. */
  anchoredSince: { at: string; number: number; reason?: string } | null;
  /** The first thing that does not hold. */
  finding: Finding | null;
};

type Options = Pick<Sealing, "keys" | "anchors" | "now">;

/**
 * Holds both logs against their seals, and the seals against each other, their signatures and the anchors. Reads all rows once, a page at a time. `db` must
 * allow for a transaction that takes as long as that.
 */
export async function verifyAudit(
  db: Db,
  options: Options,
): Promise<{ chains: ChainReport[]; guards: Finding | null }> {
  const chains: ChainReport[] = [];
  for (const chain of AUDIT_CHAINS) {
    chains.push(
      await withActor(systemContext(db, "verify-audit", options.now), async (tx) => {
        await holdChain(tx, chain);
        return new Verification(tx, chain, options).run();
      }),
    );
  }
  const guards = await withActor(systemContext(db, "verify-audit", options.now), unguarded);
  return { chains, guards };
}

class Verification {
  readonly report: ChainReport;
  #anchors: AsyncIterator<Anchor>;
  #anchor: Anchor | undefined;
  #last: Seal | null = null;
  #lastSigned = false;
  constructor(
    readonly tx: Tx,
    readonly chain: Chain,
    readonly options: Options,
  ) {
    this.report = {
      chain,
      ...{ seals: 0, rows: 0, unsealed: 0, removed: 0, unsigned: 0 },
      anchoredSince: null,
      finding: null,
    };
    this.#anchors = options.anchors.read(chain)[Symbol.asyncIterator]();
  }

  async run(): Promise<ChainReport> {
    try {
      await this.#run();
    } catch (error) {
      this.report.finding = findingOf(error, this.chain);
    } finally {
      await this.#anchors.return?.();
    }
    return this.report;
  }

  async #run() {
    const { tx, chain, report } = this;
    const [upTo, removed] = [(await sealedUpTo(tx, chain)) ?? 0, await removedUpTo(tx, chain)];
    const reader = new RowReader(tx, chain, upTo);
    await this.#beginAnchors();
    for await (const seal of readSeals(tx, chain)) {
      await this.#checkSeal(seal);
      if (seal.kind === "rows" && removed !== null && seal.lastId <= removed) report.removed += seal.rowCount;
      else if (seal.kind === "rows") {
        report.finding = await compareRows(reader, seal);
        if (report.finding) return;
        report.rows += seal.rowCount;
      }
    }
    await this.#checkEnd();
    const stray = await reader.peek(FORMAT);
    if (stray)
      throw new ChainBroken({ table: chain, id: String(stray.id), says: "was put in where rows were removed" });
    await this.#checkUnsealed(upTo);
  }

  async #nextAnchor() {
    const next = await this.#anchors.next();
    const before = this.#anchor;
    this.#anchor = next.done ? undefined : next.value;
    if (before && this.#anchor && this.#anchor.number !== before.number + 1)
      throw anchorBroken(this.chain, this.#anchor);
  }

  async #beginAnchors() {
    await this.#nextAnchor();
    if (!this.#anchor) return;
    const { at, number, reason } = this.#anchor;
    this.report.anchoredSince = { at, number, ...(reason === undefined ? {} : { reason }) };
    if (number === 0) await this.#nextAnchor();
  }

  async #checkSeal(seal: Seal) {
    const { chain, report, options } = this;
    const previous = this.#last;
    const broken = (says: string, number = seal.number) =>
      new ChainBroken({ table: "audit_seals", id: `${chain}/${number}`, says });
    if (seal.number !== (previous?.number ?? 0) + 1)
      throw broken(`is missing, and all up to ${seal.number - 1}`, (previous?.number ?? 0) + 1);
    if (!hashOf(seal, previous?.hash ?? NO_HASH).equals(seal.hash))
      throw broken("was changed, or does not follow from the seal before it");
    const signature = signatureOf(seal, options.keys);
    if (signature === "bad") throw broken("its signature does not hold");
    if (this.#anchor?.number === seal.number) {
      if (this.#anchor.hash !== seal.hash.toString("hex")) throw broken("it is not what was anchored");
      await this.#nextAnchor();
    }
    this.#lastSigned = signature === "good";
    if (!this.#lastSigned) report.unsigned++;
    report.seals++;
    this.#last = seal;
  }

  /** What the anchors know of and the database does not; and whether anything vouches for the newest seal. */
  async #checkEnd() {
    const { chain, report, options } = this;
    const next = (this.#last?.number ?? 0) + 1;
    if (!report.anchoredSince && this.#last) throw new ChainBroken(anchorsGone(chain, options.anchors));
    let head: Anchor | undefined;
    for (; this.#anchor; await this.#nextAnchor()) head = this.#anchor;
    if (head) {
      const says = `is missing, and all up to ${head.number} of ${head.at} (rows up to id ${head.lastId}): the tail was cut, or the database was restored from a backup that is older`;
      throw new ChainBroken({ table: "audit_seals", id: `${chain}/${next}`, says });
    }
    const anchored = await options.anchors.head(chain);
    const isVouchedFor = this.#lastSigned || anchored?.number === this.#last?.number;
    if (this.#last && !isVouchedFor)
      throw new ChainBroken({
        ...{ table: "audit_seals", id: `${chain}/${this.#last.number}` },
        says: "nothing at hand vouches for it: no key, no anchor",
      });
  }

  async #checkUnsealed(upTo: number) {
    const { pg } = this.tx;
    const [rows] = await pg<{ count: number; last: string | null }[]>`
      select count(*)::int as count, max(id) as last from ${pg(this.chain)} where id > ${upTo}`;
    const [given] = await pg<{ id: string }[]>`select last_value as id from ${sequenceOf(pg, this.chain)}`;
    if (rows?.last && Number(rows.last) > Number(given?.id))
      throw new ChainBroken({
        table: this.chain,
        id: rows.last,
        says: "was put in by hand: no such id was given out yet",
      });
    this.report.unsealed = rows?.count ?? 0;
  }
}

const anchorBroken = (chain: Chain, { number }: Anchor) =>
  new ChainBroken({
    table: "anchors",
    id: `${chain}/${number}`,
    says: "does not follow from the one before: lines were taken out or put in",
  });

function findingOf(error: unknown, chain: Chain): Finding {
  if (error instanceof ChainBroken) return error.finding;
  if (error instanceof AnchorUnreadable)
    return { table: "anchors", id: `${chain}/line ${error.line ?? "?"}`, says: error.message };
  throw error;
}
