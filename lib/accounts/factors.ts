import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recoveryCodes, users } from "@/db/schema";
import type { UserActor } from "@/lib/domain/actor";
import { type Refused, refuse } from "@/lib/domain/result";
import { needsSecondFactor } from "@/lib/platform/second-factor-rule";
import { hashPassword } from "./password";
import { passwordRefusal } from "./password-refusal";
import { replaceRecoveryCodes } from "./recovery-codes";

export type Factors = { hasTotp: boolean; passkeys: number; codesLeft: number };

export const countsAsSecond = ({ hasTotp, passkeys }: Factors): boolean => hasTotp || passkeys > 0;

/** What an account has beside its password. `tx` is one of our own jobs'. */
export async function factorsOf({ pg }: Tx, userId: string): Promise<Factors> {
  const [row] = await pg<Factors[]>`
    select exists (select from totp_secrets where user_id = ${userId} and confirmed_at is not null) as "hasTotp",
      (select count(*)::int from passkeys where user_id = ${userId}) as passkeys,
      (select count(*)::int from recovery_codes where user_id = ${userId} and used_at is null) as "codesLeft"`;
  if (!row) throw new Error("a select of one row gave none");
  return row;
}

/** The codes that come with an account's first second factor; null where it has had some before. */
export async function firstRecoveryCodes(tx: Tx, userId: string, now: Date): Promise<string[] | null> {
  const known = await tx.db.$count(recoveryCodes, eq(recoveryCodes.userId, userId));
  return known > 0 ? null : replaceRecoveryCodes(tx, userId, now);
}

/** Locks the account, so that two factors taken away at once are not each taken for the one before the last. */
export async function lockAccount(tx: Tx, userId: string) {
  const [row] = await tx.db.select().from(users).where(eq(users.id, userId)).for("no key update");
  if (!row) throw new Error("the account of a live session is gone");
  return row;
}

/**
 * What the removal of the last factor asks for: staff keep one, everybody else gives a password that is long enough to stand alone
 * (it becomes the account's). Call after the factor is gone; null where all is well.
 */
export async function afterRemoval(
  tx: Tx,
  actor: UserActor,
  password: string | undefined,
  now: Date,
): Promise<Refused<"policy_refused" | "validation_failed"> | null> {
  const account = await lockAccount(tx, actor.userId);
  if (countsAsSecond(await factorsOf(tx, actor.userId))) return null;
  if (needsSecondFactor(account.role))
    return refuse("policy_refused", {
      detail: "Your role needs a second factor; add another one first.",
      data: { reason: "second_factor_mandatory" },
    });
  const refusal = passwordRefusal(password ?? "", [account.email, account.displayName]);
  if (refusal) return refusal;
  await tx.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, actor.userId));
  await tx.db
    .update(users)
    .set({ passwordHash: await hashPassword(password ?? ""), updatedAt: now, version: account.version + 1 })
    .where(eq(users.id, actor.userId));
  return null;
}

/** Whether the account may have a short password, as it is not all that there is. */
export async function hasSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  return countsAsSecond(await factorsOf(tx, userId));
}
