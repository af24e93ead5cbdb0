import { DAY, type Interval } from "./interval";

/** Seconds of one cell. */
export const CELL = 300;
const CELLS_PER_DAY = DAY / CELL;
export const WORDS_PER_DAY = CELLS_PER_DAY / 32;

/**
 * Busy cells of many doctors over the same run of UTC days, doctor after doctor. Cell 0 is the highest bit of word 0, as in
 * PostgreSQL's `bit(288)`. A cell that is busy in part counts as busy: for visits that are aligned to cells that loses nothing.
 */
export type BusyBits = Readonly<{ firstDay: number; days: number; words: Uint32Array }>;

export const isAligned = (seconds: number) => seconds % CELL === 0;

/** Marks the cells that the intervals touch, in a row whose first cell starts at `origin`. */
export function markBusy(row: Uint32Array, origin: number, busy: readonly Interval[]) {
  const cells = row.length * 32;
  for (const { start, end } of busy) {
    if (start >= end) continue;
    const first = Math.max(0, Math.floor((start - origin) / CELL));
    const last = Math.min(cells, Math.ceil((end - origin) / CELL));
    for (let cell = first; cell < last; ) {
      const word = cell >>> 5;
      const upTo = Math.min(last, (word + 1) << 5);
      const count = upTo - cell;
      const ones = count === 32 ? 0xffffffff : ((1 << count) - 1) << (32 - count - (cell & 31));
      row[word] = (row[word] as number) | ones;
      cell = upTo;
    }
  }
}

/** Moves a row `by` cells towards earlier ones and adds it to itself. */
function orEarlier(words: Uint32Array, from: number, length: number, by: number) {
  const skip = by >>> 5;
  const shift = by & 31;
  const end = from + length;
  if (skip === 0) {
    // A visit of less than 160 minutes: the only case that is hot.
    const back = 32 - shift;
    let here = words[from] as number;
    for (let at = from; at < end - 1; at++) {
      const there = words[at + 1] as number;
      words[at] = here | (here << shift) | (there >>> back);
      here = there;
    }
    words[end - 1] = here | (here << shift);
    return;
  }
  for (let at = from; at < end; at++) {
    const near = at + skip < end ? (words[at + skip] as number) : 0;
    const far = at + skip + 1 < end ? (words[at + skip + 1] as number) : 0;
    const moved = shift === 0 ? near : (near << shift) | (far >>> (32 - shift));
    words[at] = (words[at] as number) | moved;
  }
}

/** Moves a row `by` cells towards later ones. */
function moveLater(words: Uint32Array, from: number, length: number, by: number) {
  const skip = by >>> 5;
  const shift = by & 31;
  for (let at = from + length - 1; at >= from; at--) {
    const near = at - skip >= from ? (words[at - skip] as number) : 0;
    const far = at - skip - 1 >= from ? (words[at - skip - 1] as number) : 0;
    words[at] = shift === 0 ? near : (near >>> shift) | (far << (32 - shift));
  }
}

/**
 * Turns busy cells into blocked starts, in place: afterwards a cell is set where a visit starting in it would meet a busy cell.
 * Doubling: n cells take log2 n passes.
 */
export function blockStarts(words: Uint32Array, from: number, length: number, before: number, rest: number) {
  const cells = before + rest;
  for (let run = 1; run < cells; ) {
    const by = Math.min(run, cells - run);
    orEarlier(words, from, length, by);
    run += by;
  }
  if (before > 0) moveLater(words, from, length, before);
}
