import { createHash, createHmac, hash as hashOnce, timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/lib/platform/crypto";
import type { Chain, LogRow } from "./chains";

/** What a seal says; bound to the seal before it by `hash`, signed by `mac`. */
export type Seal = {
  chain: Chain;
  /** From 1, without a gap. */
  number: number;
  kind: "rows" | "removal";
  format: number;
  /** Of `rows`: the highest id that it speaks of; of `removal`: rows up to here are gone. */
  lastId: number;
  rowCount: number;
  at: Date;
  /** SHA-256 over the rows. */
  digest: Buffer;
  /** A row's id and the first 8 bytes of its hash, 16 bytes each. */
  leaves: Buffer;
  hash: Buffer;
  keyId: string | null;
  mac: Buffer | null;
};

/** A key that signs seals; it must not be in the database. */
export type SealKey = { id: string; key: Uint8Array };

/** Keys for seals out of secrets of the environment, in the same order; the first signs, all verify. */
export const sealKeys = (secrets: readonly string[]): SealKey[] =>
  secrets.map((secret) => ({
    id: Buffer.from(deriveKey(secret, "audit-seal-id")).toString("hex", 0, 6),
    key: deriveKey(secret, "audit-seal"),
  }));

/** The hash of the seal before the first. */
export const NO_HASH = Buffer.alloc(32);
export const LEAF_BYTES = 16;

const BASE = 2 ** 32;

/** Where a row's leaf begins with its id, as 64 bits. */
function writeId(leaves: Buffer, offset: number, id: number) {
  leaves.writeInt32BE(Math.floor(id / BASE), offset);
  leaves.writeUInt32BE(id - Math.floor(id / BASE) * BASE, offset + 4);
}
export const leafId = (leaves: Buffer, index: number) =>
  leaves.readInt32BE(index * LEAF_BYTES) * BASE + leaves.readUInt32BE(index * LEAF_BYTES + 4);

/** Writes a row's leaf. */
export function writeLeaf(leaves: Buffer, index: number, { id, text }: LogRow) {
  const offset = index * LEAF_BYTES;
  writeId(leaves, offset, id);
  hashOnce("sha256", text, "buffer").copy(leaves, offset + 8, 0, 8);
}

/** Hashes rows one after the other. A row's text is json and holds no line break, so a line is a row. */
export class RowDigest {
  readonly #hash = createHash("sha256");
  add({ text }: LogRow) {
    this.#hash.update(text).update("\n");
  }
  done(): Buffer {
    return this.#hash.digest();
  }
}

export function digestRows(rows: readonly LogRow[]): Pick<Seal, "digest" | "leaves" | "rowCount"> {
  const digest = new RowDigest();
  const leaves = Buffer.alloc(rows.length * LEAF_BYTES);
  for (const [index, row] of rows.entries()) {
    digest.add(row);
    writeLeaf(leaves, index, row);
  }
  return { digest: digest.done(), leaves, rowCount: rows.length };
}

type Unhashed = Omit<Seal, "hash" | "keyId" | "mac">;

/** All that a seal says, and the hash before it, in one hash. */
export const hashOf = (seal: Unhashed, previous: Buffer): Buffer =>
  createHash("sha256")
    .update(
      JSON.stringify([
        ...["slotwell-audit-seal", seal.chain, seal.number, seal.kind, seal.format, seal.lastId, seal.rowCount],
        ...[seal.at.toISOString(), seal.digest.toString("hex"), previous.toString("hex")],
        createHash("sha256").update(seal.leaves).digest("hex"),
      ]),
    )
    .digest();

const macOf = ({ key }: SealKey, hash: Buffer) => createHmac("sha256", key).update(hash).digest();

export function makeSeal(seal: Unhashed, previous: Buffer, key: SealKey | undefined): Seal {
  const hash = hashOf(seal, previous);
  return { ...seal, hash, keyId: key?.id ?? null, mac: key ? macOf(key, hash) : null };
}

/** Whether the signature holds: `unknown` where the key is not at hand, or none signed. */
export function signatureOf({ hash, keyId, mac }: Seal, keys: readonly SealKey[]): "good" | "bad" | "unknown" {
  const key = keys.find(({ id }) => id === keyId);
  if (!key || !mac) return "unknown";
  const expected = macOf(key, hash);
  return mac.length === expected.length && timingSafeEqual(mac, expected) ? "good" : "bad";
}
