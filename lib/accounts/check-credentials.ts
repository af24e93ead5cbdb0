import { withActor } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { tokenHash } from "@/lib/platform/crypto";
import { enqueue } from "@/lib/platform/outbox";
import { limitRequest, refundRequest, tooMany } from "@/lib/platform/rate-limit";
import type { ClientInfo } from "@/lib/platform/request-info";
import { inLane } from "./lanes";
import { passwordMatches } from "./password";
import type { SignInInput } from "./schemas";

export type CredentialRefusal = "invalid_credentials" | "rate_limited";
export type Account = { id: string; role: Role };
type Known = Account & {
  passwordHash: string | null;
  isVerified: boolean;
  isDisabled: boolean;
  /** Somebody signed in to this account from this address in the last 30 days. */
  isFamiliar: boolean;
};

const SIGN_INS = "Too many sign-ins have failed. Try again later.";

async function findAccount(ctx: Context, email: string, address: string): Promise<Known | undefined> {
  const since = new Date(ctx.now.getTime() - 30 * 86_400_000).toISOString();
  const rows = await withActor(
    asSystem({ ...ctx, beforeCommit: undefined }, "accounts"),
    ({ pg }) => pg<Known[]>`
      select u.id, u.role, u.password_hash as "passwordHash", u.email_verified_at is not null as "isVerified",
        u.disabled_at is not null as "isDisabled",
        exists (select from sessions s where s.user_id = u.id and s.ip_address = ${address}
          and s.created_at > ${since}::timestamptz) as "isFamiliar"
      from users u where u.email = ${email}::citext`,
  );
  return rows[0];
}

/** The right password of an account that was never verified: the mail was lost, so it is sent again. */
async function mailAgain(ctx: Context, userId: string): Promise<void> {
  const limit = await limitRequest("reset", `verify:${userId}`);
  if (!limit.allowed) return;
  await withActor(asSystem({ ...ctx, beforeCommit: undefined }, "accounts"), (tx) =>
    enqueue(tx, { topic: "account.verification_requested", payload: { userId } }),
  );
}

/**
 * Judges an address and a password. Only failures count: per account, and generously per network address. An address from which the
 * owner has signed in before has a count of its own, so strangers' guesses do not lock the owner out. Everyone who is refused gets
 * the same answer after the same work.
 */
export async function checkCredentials(
  ctx: Context,
  { email, password }: SignInInput,
  from: ClientInfo,
): Promise<Result<Account, CredentialRefusal>> {
  const known = await findAccount(ctx, email, from.address);
  const account = tokenHash(email.toLowerCase());
  const key = known?.isFamiliar ? `${account}:${from.address}` : account;
  // One at a time, so that twenty right passwords at once are not taken for twenty guesses.
  return inLane(key, async () => {
    const wide = await limitRequest("sign_in_address", from.address);
    if (!wide.allowed) return tooMany(wide, SIGN_INS);
    const tight = await limitRequest("sign_in", key);
    if (!tight.allowed) {
      await refundRequest("sign_in_address", from.address);
      return tooMany(tight, SIGN_INS);
    }
    const matches = await passwordMatches(known?.passwordHash ?? null, password);
    if (!known || !matches) return refuse("invalid_credentials");
    await Promise.all([refundRequest("sign_in", key), refundRequest("sign_in_address", from.address)]);
    if (known.isDisabled) return refuse("invalid_credentials");
    if (known.isVerified) return ok({ id: known.id, role: known.role });
    await mailAgain(ctx, known.id);
    return refuse("invalid_credentials");
  });
}
