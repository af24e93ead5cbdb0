import type { Db } from "@/db/client";
import { authSecret } from "@/lib/platform/auth-secret";
import { deriveKey } from "@/lib/platform/crypto";
import { hasKeys, keyring } from "@/lib/protection/keyring";
import { open, seal } from "@/lib/protection/seal";

// `kms.<kek>.<bytes>` where there are encryption keys, else `auth.<bytes>` under a key of AUTH_SECRET; base64url.

/** What is sealed for one account opens for no other. */
const placeOf = (userId: string) => `totp_secrets.secret:${userId}`;
const authKey = async (db: Db) => Buffer.from(deriveKey(await authSecret(db), "totp-secret"));

/** An authenticator's secret (base32), sealed for its account. */
export async function sealTotpSecret(db: Db, userId: string, secret: string): Promise<string> {
  const plain = Buffer.from(secret);
  if (!hasKeys()) return `auth.${seal(await authKey(db), placeOf(userId), plain).toString("base64url")}`;
  const { kekId, wrapped } = await keyring().kms.wrap(plain, placeOf(userId));
  return `kms.${kekId}.${wrapped.toString("base64url")}`;
}

/** Throws where the text was changed, moved to another account, or its key is not at hand. */
export async function openTotpSecret(db: Db, userId: string, sealed: string): Promise<string> {
  const [kind, ...rest] = sealed.split(".");
  const bytes = Buffer.from(rest.at(-1) ?? "", "base64url");
  const plain =
    kind === "kms"
      ? await keyring().kms.unwrap({ kekId: rest[0] ?? "", wrapped: bytes }, placeOf(userId))
      : open(await authKey(db), placeOf(userId), bytes);
  return plain.toString("utf8");
}

/** Whether it would be sealed under another key today: keys were set, or rotated, since. */
export function isSealedByOldKey(sealed: string): boolean {
  return hasKeys() && !sealed.startsWith(`kms.${keyring().kms.kekId}.`);
}
