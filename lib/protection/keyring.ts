import { randomBytes } from "node:crypto";
import { encryptionKeys } from "@/lib/platform/env";
import { environmentKms, type Kms } from "./kms";
import type { DataKey } from "./seal";

/** A data key as a query brings it: `k.id as "keyId", k.kek_id as "kekId", k.wrapped`. */
export type KeyRow = { keyId: string; kekId: string; wrapped: Buffer | null };

/** The key was destroyed, and with it what it had sealed. */
export class KeyDestroyed extends Error {
  constructor() {
    super("the key was destroyed");
  }
}

/** Unwrapping may be a call to a KMS; what is asked again within minutes is remembered. The row itself is read each time. */
const KEPT_MS = 10 * 60_000;
const KEPT_KEYS = 5_000;

export class Keyring {
  #known = new Map<string, { key: Buffer; until: number }>();
  constructor(readonly kms: Kms) {}

  async unwrap({ keyId, kekId, wrapped }: KeyRow): Promise<DataKey> {
    if (!wrapped) throw new KeyDestroyed();
    const known = this.#known.get(keyId);
    if (known && known.until > performance.now()) return { id: keyId, key: known.key };
    const key = await this.kms.unwrap({ kekId, wrapped }, keyId);
    this.#keep(keyId, key);
    return { id: keyId, key };
  }

  /** A new data key under an id, and how it is stored. */
  async make(id: string): Promise<{ dataKey: DataKey; row: { kekId: string; wrapped: Buffer } }> {
    const key = randomBytes(32);
    const row = await this.kms.wrap(key, id);
    this.#keep(id, key);
    return { dataKey: { id, key }, row };
  }

  #keep(id: string, key: Buffer) {
    const oldest = this.#known.size >= KEPT_KEYS ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.delete(id);
    this.#known.set(id, { key, until: performance.now() + KEPT_MS });
  }
}

/**
 * What wraps where no ENCRYPTION_KEYS are set. Everybody knows it, so a dump then tells all; but data lies in one form whether keys are set or not, and
 * setting them takes one run of `npm run migrate`. Not AUTH_SECRET: a session secret may be changed without a thought.
 */
const UNSET = Buffer.alloc(32, "unset");
export const UNSET_KEK_ID = environmentKms([UNSET]).kekId;

// Kept on globalThis, as each bundle has its own copy of a module.
const held = globalThis as typeof globalThis & { slotwellKeyring?: { keys: string; keyring: Keyring } };

/** Whether ENCRYPTION_KEYS is set: records are kept only then. */
export const hasKeys = (): boolean => encryptionKeys().length > 0;

/** The process's keys. */
export function keyring(): Keyring {
  const [newest = UNSET, ...older] = encryptionKeys();
  const keys = [newest, ...older].map((key) => key.toString("base64")).join();
  if (held.slotwellKeyring?.keys !== keys) {
    held.slotwellKeyring = { keys, keyring: new Keyring(environmentKms([newest, ...older])) };
  }
  return held.slotwellKeyring.keyring;
}

/** As the process's own, and opens also what was wrapped before any key was set: for wrapping it anew only, as anybody could have wrapped it. */
export function rewrappingKms(): Kms {
  const [newest = UNSET, ...older] = encryptionKeys();
  return environmentKms([newest, ...older, UNSET]);
}
