import { withActor } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { tokenHash } from "@/lib/platform/crypto";
import { log } from "@/lib/platform/logger";
import { enqueue } from "@/lib/platform/outbox";
import { limitRequest, refundRequest, tooMany } from "@/lib/platform/rate-limit";
import type { ClientInfo } from "@/lib/platform/request-info";
import { inLane } from "./lanes";
import { passwordMatches } from "./password";
import type { SignInInput } from "./schemas";
import { SIGN_INS_FAILED } from "./sign-ins-failed";
import { takeCode } from "./take-code";

export type CredentialRefusal = "invalid_credentials" | "rate_limited";
export type Account = { id: string; role: Role };
export type Judged = Account & {
  /** A password alone does not sign this account in. */
  hasSecondFactor: boolean;
  /** The code that came with the password was taken already. */
  isCodeTaken: boolean;
  /** What its failures are counted under: the account, or the account and a place that it is known from. */
  lane: string;
  version: number;
};
type Known = Account & {
  passwordHash: string | null;
  isVerified: boolean;
  isDisabled: boolean;
  hasSecondFactor: boolean;
  /** Somebody signed in to this account from this browser, or from this address, of late. */
  isKnownDevice: boolean;
  isKnownAddress: boolean;
  version: number;
};

async function findAccount(ctx: Context, email: string, from: ClientInfo): Promise<Known | undefined> {
  const since = new Date(ctx.now.getTime() - 30 * 86_400_000).toISOString();
  const device = from.device ? tokenHash(from.device) : null;
  const rows = await withActor(
    asSystem({ ...ctx, beforeCommit: undefined }, "accounts"),
    ({ pg }) => pg<Known[]>`
      select u.id, u.role, u.password_hash as "passwordHash", u.email_verified_at is not null as "isVerified",
        u.disabled_at is not null as "isDisabled", u.version,
        exists (select from totp_secrets t where t.user_id = u.id and t.confirmed_at is not null)
          or exists (select from passkeys k where k.user_id = u.id) as "hasSecondFactor",
        exists (select from sessions s where s.user_id = u.id and s.device_hash = ${device}) as "isKnownDevice",
        exists (select from sessions s where s.user_id = u.id and s.ip_address = ${from.address}
          and s.created_at > ${since}::timestamptz) as "isKnownAddress"
      from users u where u.email = ${email}::citext`,
  );
  return rows[0];
}

/** A word to the owner, at most one of a kind a day. Not waited for, so that the answer's time does not tell who has an account. */
function tellOwner(ctx: Context, userId: string): void {
  const telling = async () => {
    if (!(await limitRequest("notice", `failures:${userId}`)).allowed) return;
    await withActor(asSystem({ ...ctx, beforeCommit: undefined }, "accounts"), (tx) =>
      enqueue(tx, { topic: "account.sign_ins_failed", payload: { userId } }),
    );
  };
  void telling().catch((error: unknown) => log.error("notice not written", error));
}

/** The right password of an account that was never verified: the mail was lost, so it is sent again. */
async function mailAgain(ctx: Context, userId: string): Promise<void> {
  const limit = await limitRequest("reset", `verify:${userId}`);
  if (!limit.allowed) return;
  await withActor(asSystem({ ...ctx, beforeCommit: undefined }, "accounts"), (tx) =>
    enqueue(tx, { topic: "account.verification_requested", payload: { userId } }),
  );
}

function laneOf(email: string, known: Known | undefined, from: ClientInfo): string {
  const account = tokenHash(email.toLowerCase());
  if (known?.isKnownDevice && from.device) return `${account}:${tokenHash(from.device)}`;
  return known?.isKnownAddress ? `${account}:${from.address}` : account;
}

const NOBODY = "00000000-0000-0000-0000-000000000000";
const placeOf = (userId: string, from: ClientInfo) => `${userId}:${from.address}`;

type Tried = { known: Known | undefined; password: string; otp: string | undefined; lane: string; from: ClientInfo };

/** With strangers' guesses at the limit, the owner's code opens a lane that they do not have. */
async function mayPass(ctx: Context, { known, otp, from }: Tried): Promise<boolean> {
  if (!otp) return false;
  // Also for accounts that do not exist or have no code: the same work, and no code is right.
  const place = placeOf(known?.id ?? NOBODY, from);
  const taken = await takeCode(ctx, { userId: known?.id ?? NOBODY, code: otp, lane: place });
  return taken.ok && (await limitRequest("sign_in", place)).allowed;
}

async function judge(ctx: Context, tried: Tried): Promise<Result<Judged, CredentialRefusal>> {
  const { known, password, lane, from } = tried;
  const wide = await limitRequest("sign_in_address", from.address);
  if (!wide.allowed) return tooMany(wide, SIGN_INS_FAILED);
  const tight = await limitRequest("sign_in", lane);
  const isCodeTaken = !tight.allowed && (await mayPass(ctx, tried));
  if (!tight.allowed && !isCodeTaken) {
    if (known) tellOwner(ctx, known.id);
    await refundRequest("sign_in_address", from.address);
    return tooMany(tight, SIGN_INS_FAILED);
  }
  const matches = await passwordMatches(known?.passwordHash ?? null, password);
  if (!known || !matches) return refuse("invalid_credentials");
  await Promise.all([
    refundRequest("sign_in", isCodeTaken ? placeOf(known.id, from) : lane),
    refundRequest("sign_in_address", from.address),
  ]);
  if (known.isDisabled) return refuse("invalid_credentials");
  const { id, role, hasSecondFactor, version } = known;
  if (known.isVerified) return ok({ id, role, hasSecondFactor, version, isCodeTaken, lane });
  await mailAgain(ctx, id);
  return refuse("invalid_credentials");
}

/**
 * Judges an address and a password. Only failures count: per account, and generously per network address. A browser or an address from
 * which the owner has signed in before has a count of its own, and so has whoever brings the account's code, so strangers' guesses
 * do not lock the owner out. Everyone who is refused gets the same answer after the same work.
 */
export async function checkCredentials(
  ctx: Context,
  { email, password, otp }: SignInInput,
  from: ClientInfo,
): Promise<Result<Judged, CredentialRefusal>> {
  const known = await findAccount(ctx, email, from);
  const lane = laneOf(email, known, from);
  // One at a time, so that twenty right passwords at once are not taken for twenty guesses.
  const judged = await inLane(lane, () => judge(ctx, { known, password, otp, lane, from }));
  // Those that succeed are in the audit log, with their session. What was typed is in neither.
  if (!judged.ok) log.warn("sign-in refused", { requestId: ctx.requestId, code: judged.code, userId: known?.id });
  return judged;
}

/** The same, and the code of the second factor where the account has one: an authenticator's or a recovery code. */
export async function checkAllFactors(
  ctx: Context,
  input: SignInInput,
  from: ClientInfo,
): Promise<Result<Account, CredentialRefusal | "otp_required">> {
  const judged = await checkCredentials(ctx, input, from);
  if (!judged.ok) return judged;
  const { id, role, hasSecondFactor, isCodeTaken, lane } = judged.value;
  if (!hasSecondFactor || isCodeTaken) return ok({ id, role });
  if (!input.otp) return refuse("otp_required", { detail: "Send the code of your authenticator app as `otp`." });
  const taken = await takeCode(ctx, { userId: id, code: input.otp, lane });
  return taken.ok ? ok({ id, role }) : taken;
}
