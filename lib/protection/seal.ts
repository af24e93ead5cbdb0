import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** Not what was sealed here: another key, another place, or other bytes. It says no more, as each of them may be an attack. */
export class SealBroken extends Error {
  constructor() {
    super("sealed data does not open in this place");
  }
}

/**
 * AES-256-GCM (NIST SP 800-38D): format, random 96-bit nonce, ciphertext, tag. `aad` says where the result belongs; it opens nowhere else.
 * Random nonces are safe for 2^32 messages a key, which no patient reaches.
 */
export function seal(key: Buffer, aad: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(aad));
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function open(key: Buffer, aad: string, sealed: Uint8Array): Buffer {
  if (sealed[0] !== FORMAT || sealed.length < HEAD_BYTES + TAG_BYTES) throw new SealBroken();
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, HEAD_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(aad))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new SealBroken();
  }
}

/** A key of a patient, and its id: the id is the key's version and part of what is authenticated. */
export type DataKey = { id: string; key: Buffer };

/** One column of one row. */
export type Place = { table: string; column: string; rowId: string };

const aadOf = ({ table, column, rowId }: Place, keyId: string) => `slotwell|${table}|${column}|${rowId}|${keyId}`;

export const sealBytes = (dataKey: DataKey, place: Place, plain: Buffer): Buffer =>
  seal(dataKey.key, aadOf(place, dataKey.id), plain);
export const openBytes = (dataKey: DataKey, place: Place, sealed: Uint8Array): Buffer =>
  open(dataKey.key, aadOf(place, dataKey.id), sealed);

export const sealJson = (dataKey: DataKey, place: Place, value: unknown): Buffer =>
  sealBytes(dataKey, place, Buffer.from(JSON.stringify(value)));
export const openJson = <T>(dataKey: DataKey, place: Place, sealed: Uint8Array): T =>
  JSON.parse(openBytes(dataKey, place, sealed).toString("utf8")) as T;
