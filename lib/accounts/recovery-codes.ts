import { randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recoveryCodes } from "@/db/schema";
import { tokenHash } from "@/lib/platform/crypto";

export const RECOVERY_CODES = 10;
/** Crockford's base32: nothing in it is taken for something else. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 16;

/** 80 random bits: `4f7k-09qz-hm2c-wt6d`. */
const newCode = (): string =>
  [...randomBytes(LENGTH)].map((byte, index) => (index % 4 || !index ? "" : "-") + LETTERS[byte % 32]).join("");

/** As it was given out, however it is typed; null where it can be none. */
function bare(typed: string): string | null {
  const code = typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return code.length === LENGTH ? code : null;
}

/** Salted with the account; beyond guessing by its length alone, so a password's slow hash is not needed. */
const hashOf = (userId: string, code: string) => tokenHash(`recovery:${userId}:${code}`);

/** Ten new codes in place of all there were. This is the one time that they can be read. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, now: Date): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  await tx.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.db
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, codeHash: hashOf(userId, bare(code) ?? ""), createdAt: now })));
  return codes;
}

/** Takes a recovery code; true once for each. */
export async function takeRecoveryCode(tx: Tx, userId: string, typed: string, now: Date): Promise<boolean> {
  const code = bare(typed);
  if (!code) return false;
  const taken = await tx.db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHash, hashOf(userId, code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id });
  return taken.length === 1;
}
