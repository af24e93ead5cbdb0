import { deriveKey } from "@/lib/platform/crypto";
import { open, seal } from "./seal";

/** A data key as it is stored: wrapped, and by which key-encryption key. */
export type WrappedKey = { kekId: string; wrapped: Buffer };

/**
 * Wraps and unwraps data keys with keys that it does not hand out. `context` is authenticated with the key and has to be the same when it is
 * unwrapped (a cloud KMS calls it encryption context or additional authenticated data); a call may go over the network.
 */
export interface Kms {
  /** The key-encryption key that wraps from now on. */
  readonly kekId: string;
  wrap(key: Buffer, context: string): Promise<WrappedKey>;
  /** Throws `UnknownKek` where the key-encryption key is not at hand, `SealBroken` where key or context is another. */
  unwrap(key: WrappedKey, context: string): Promise<Buffer>;
}

export class UnknownKek extends Error {
  constructor(readonly kekId: string) {
    super(`ENCRYPTION_KEYS holds no key with the fingerprint ${kekId}`);
  }
}

/** Names a key without telling anything of it, so that a key can't be filed under another's name. */
const fingerprint = (key: Buffer) => Buffer.from(deriveKey(key.toString("base64"), "kek-id")).toString("hex", 0, 6);

/** Key-encryption keys of 32 bytes from the environment, the newest first: it wraps, the others only unwrap. */
export function environmentKms(keys: readonly [Buffer, ...Buffer[]]): Kms {
  const byId = new Map(keys.map((key) => [fingerprint(key), key]));
  const [newest] = keys;
  const kekId = fingerprint(newest);
  const aad = (context: string, id: string) => `kek|${id}|${context}`;
  return {
    kekId,
    wrap: async (key, context) => ({ kekId, wrapped: seal(newest, aad(context, kekId), key) }),
    unwrap: async ({ kekId: id, wrapped }, context) => {
      const kek = byId.get(id);
      if (!kek) throw new UnknownKek(id);
      return open(kek, aad(context, id), wrapped);
    },
  };
}
