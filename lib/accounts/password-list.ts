import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

// A Bloom filter (Bloom 1970): what is in the list is always found, and one in 100,000 of what is not. 4 bytes hold its size in bits.

const BITS_EACH = 24;
const HASHES = 16;
const HEAD_BYTES = 4;
const FILE = path.join(process.cwd(), "lib/accounts/password-list.bin");

/** Places of a word: double hashing over one SHA-256 (Kirsch and Mitzenmacher 2006). */
function* placesOf(word: string, bits: number): Generator<number> {
  const digest = createHash("sha256").update(word).digest();
  const [first, second] = [digest.readUInt32BE(0), (digest.readUInt32BE(4) | 1) >>> 0];
  for (let i = 0; i < HASHES; i += 1) yield (first + i * second) % bits;
}

/** The filter of a list of words, as it is stored. */
export function filterOf(words: readonly string[]): Buffer {
  const bits = words.length * BITS_EACH;
  const filter = Buffer.alloc(HEAD_BYTES + Math.ceil(bits / 8));
  filter.writeUInt32BE(bits);
  for (const word of words)
    for (const place of placesOf(word, bits)) {
      const at = HEAD_BYTES + (place >> 3);
      filter[at] = (filter[at] ?? 0) | (1 << (place & 7));
    }
  return filter;
}

export function isInFilter(filter: Buffer, word: string): boolean {
  for (const place of placesOf(word, filter.readUInt32BE(0)))
    if (!((filter[HEAD_BYTES + (place >> 3)] ?? 0) & (1 << (place & 7)))) return false;
  return true;
}

let filter: Buffer | undefined;

/** Whether a password, in lower case, is among those that are tried first; `scripts/password-list.ts` makes the list. */
export function isListedPassword(word: string): boolean {
  filter ??= readFileSync(FILE);
  return isInFilter(filter, word);
}
