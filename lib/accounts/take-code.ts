import { and, eq, isNotNull, lt } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { totpSecrets } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/logger";
import { enqueue } from "@/lib/platform/outbox";
import { limitRequest, refundRequest, tooMany } from "@/lib/platform/rate-limit";
import { inLane } from "./lanes";
import { takeRecoveryCode } from "./recovery-codes";
import { isSealedByOldKey, openTotpSecret, sealTotpSecret } from "./seal-totp";
import { SIGN_INS_FAILED } from "./sign-ins-failed";
import { stepOfCode } from "./totp";

const digitsOf = (typed: string) => typed.replace(/[\s-]/g, "");
const isTotp = (typed: string) => /^\d{6}$/.test(digitsOf(typed));

/** Takes the code of an authenticator app; its time step and all before it are spent, so a replay in the window is refused. */
async function takeTotp(ctx: Context, tx: Tx, userId: string, typed: string): Promise<boolean> {
  const confirmed = and(eq(totpSecrets.userId, userId), isNotNull(totpSecrets.confirmedAt));
  const [row] = await tx.db.select({ secret: totpSecrets.secret }).from(totpSecrets).where(confirmed);
  if (!row) return false;
  const secret = await openTotpSecret(ctx.db, userId, row.secret);
  const step = stepOfCode(secret, digitsOf(typed), ctx.now);
  if (step === null) return false;
  // Keys that were rotated out are not needed for those who have signed in since.
  const resealed = isSealedByOldKey(row.secret) ? { secret: await sealTotpSecret(ctx.db, userId, secret) } : {};
  const taken = await tx.db
    .update(totpSecrets)
    .set({ lastStep: step, ...resealed })
    .where(and(confirmed, lt(totpSecrets.lastStep, step)))
    .returning({ userId: totpSecrets.userId });
  return taken.length === 1;
}

type Asked = { userId: string; code: string; lane: string };

/**
 * Takes an authenticator's code or a recovery code, each of which works once. Only failures count, per `lane`: the account, or the account
 * and a place that it is known from.
 */
export function takeCode(
  ctx: Context,
  { userId, code, lane }: Asked,
): Promise<Result<undefined, "invalid_credentials" | "rate_limited">> {
  return inLane(`otp:${lane}`, async () => {
    const limit = await limitRequest("otp", lane);
    if (!limit.allowed) return tooMany(limit, SIGN_INS_FAILED);
    const isTaken = await withActor(asSystem({ ...ctx, beforeCommit: undefined }, "accounts"), async (tx) => {
      if (isTotp(code)) return takeTotp(ctx, tx, userId, code);
      if (!(await takeRecoveryCode(tx, userId, code, ctx.now))) return false;
      await enqueue(tx, { topic: "account.recovery_code_used", payload: { userId } });
      return true;
    });
    if (!isTaken) {
      log.warn("code refused", { requestId: ctx.requestId, userId });
      return refuse("invalid_credentials", { data: { reason: "code_invalid" } });
    }
    await refundRequest("otp", lane);
    return ok();
  });
}
