import { and, eq, gt, isNull } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { totpSecrets } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { limitRequest, refundRequest, tooMany } from "@/lib/platform/rate-limit";
import { forgetSessions } from "@/lib/platform/session";
import { ENROLMENT_MS } from "./enrol-totp";
import { firstRecoveryCodes } from "./factors";
import type { CodeInput } from "./schemas";
import { openTotpSecret } from "./seal-totp";
import { SIGN_INS_FAILED } from "./sign-ins-failed";
import { stepOfCode } from "./totp";
import type { RecoveryCodesView } from "./views";

type Refusal = "forbidden" | "validation_failed" | "rate_limited" | "conflict";

const wrongCode = () =>
  refuse("validation_failed", {
    errors: [{ path: "otp", message: "is not the code that the app shows now" }],
    data: { reason: "code_invalid" },
  });

async function confirm(ctx: Context, tx: Tx, userId: string, code: string) {
  const since = new Date(ctx.now.getTime() - ENROLMENT_MS);
  const pending = and(
    eq(totpSecrets.userId, userId),
    isNull(totpSecrets.confirmedAt),
    gt(totpSecrets.createdAt, since),
  );
  const [row] = await tx.db.select().from(totpSecrets).where(pending).for("update");
  if (!row) return refuse("conflict", { detail: "Nothing waits for a code.", data: { reason: "no_enrolment" } });
  const step = stepOfCode(await openTotpSecret(ctx.db, userId, row.secret), code.replace(/[\s-]/g, ""), ctx.now);
  if (step === null) return wrongCode();
  await tx.db.update(totpSecrets).set({ confirmedAt: ctx.now, lastStep: step }).where(eq(totpSecrets.userId, userId));
  await enqueue(tx, { topic: "account.second_factor_changed", payload: { userId } });
  return ok({ recoveryCodes: await firstRecoveryCodes(tx, userId, ctx.now) });
}

/** Takes the first code of the caller's authenticator app: from now on it is asked for. With the first factor come recovery codes. */
export async function confirmTotp(ctx: Context, { otp }: CodeInput): Promise<Result<RecoveryCodesView, Refusal>> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  const limit = await limitRequest("otp", actor.userId);
  if (!limit.allowed) return tooMany(limit, SIGN_INS_FAILED);
  const confirmed = await withActor(asSystem(ctx, "accounts"), (tx) => confirm(ctx, tx, actor.userId, otp));
  if (!confirmed.ok) return confirmed;
  await refundRequest("otp", actor.userId);
  forgetSessions([actor.sessionId]);
  return confirmed;
}
