import type { Tx } from "@/db/client";
import { type Chain, type LogRow, readRows } from "./chains";
import type { Finding } from "./finding";
import { LEAF_BYTES, leafId, RowDigest, type Seal, writeLeaf } from "./seal";

/** The rows of a log one after the other, a page at a time. */
export class RowReader {
  #rows: LogRow[] = [];
  #next = 0;
  #after: number | null = null;
  #isAtEnd = false;
  #format: number | undefined;
  constructor(
    readonly tx: Pick<Tx, "pg">,
    readonly chain: Chain,
    readonly upTo: number,
  ) {}

  /** The next row on the page; undefined where the page is used up. */
  get current(): LogRow | undefined {
    return this.#rows[this.#next];
  }

  skip() {
    this.#after = this.#rows[this.#next]?.id ?? this.#after;
    this.#next++;
  }

  /** The next row, from the next page where need be; undefined at the end. Rows are written down in `format`. */
  async peek(format: number): Promise<LogRow | undefined> {
    const isOtherFormat = this.#format !== undefined && this.#format !== format;
    if (isOtherFormat || (!this.current && !this.#isAtEnd)) {
      this.#rows = await readRows(this.tx, this.chain, { after: this.#after, upTo: this.upTo, format });
      this.#next = 0;
      this.#format = format;
      this.#isAtEnd = this.#rows.length === 0;
    }
    return this.current;
  }
}

/** Holds the rows up to the seal's last id against the seal; the first that does not fit, or null. */
export async function compareRows(reader: RowReader, seal: Seal): Promise<Finding | null> {
  const found = (id: number, says: string): Finding => ({ table: seal.chain, id: String(id), says });
  const digest = new RowDigest();
  const leaf = Buffer.alloc(LEAF_BYTES);
  const count = seal.leaves.length / LEAF_BYTES;
  let index = 0;
  for (;;) {
    const row = reader.current ?? (await reader.peek(seal.format));
    const isOurs = row !== undefined && row.id <= seal.lastId;
    if (!isOurs && index === count) break;
    const expected = index < count ? leafId(seal.leaves, index) : Number.POSITIVE_INFINITY;
    if (!isOurs || row.id > expected) return missing(seal, index, isOurs ? row.id : Number.POSITIVE_INFINITY);
    if (row.id < expected) return found(row.id, `was put in after seal ${seal.number} was made`);
    writeLeaf(leaf, 0, row);
    if (leaf.compare(seal.leaves, index * LEAF_BYTES, (index + 1) * LEAF_BYTES) !== 0)
      return found(row.id, `was changed after seal ${seal.number} was made`);
    digest.add(row);
    reader.skip();
    index++;
  }
  if (digest.done().equals(seal.digest)) return null;
  return found(seal.lastId, `or another of seal ${seal.number} was changed`);
}

/** Which rows of a seal are not there, from the leaf at `index` up to the next row that is. */
function missing({ chain, number, leaves }: Seal, index: number, next: number): Finding {
  const count = leaves.length / LEAF_BYTES;
  let end = index;
  while (end + 1 < count && leafId(leaves, end + 1) < next) end++;
  const [first, last] = [leafId(leaves, index), leafId(leaves, end)];
  const says = first === last ? "is missing" : `is missing, and so are all up to ${last} (${end - index + 1} rows)`;
  return { table: chain, id: String(first), says: `${says}; seal ${number} has it` };
}
