import { type Refused, refuse } from "@/lib/domain/result";
import { env } from "./env";
import { LocalLimiter, type Verdict } from "./rate-limit-local";
import { RedisLimits } from "./rate-limit-redis";
import { authorityIn } from "./tls";

export { clientAddress } from "./request-info";

/**
 * `sign_in` counts failures of one account, `sign_in_address` those from one address; `otp` wrong codes of a second factor; `reset`
 * mails asked for; `codes` guesses of links; `trial` mails that an admin sends to themselves, `sms_trial` their tests of short messages in a day; `…_out` what all workers give a provider in a second; `notice` words to an account's owner; `bookings` what a patient's account books, and `sign_ups` what is
 * registered from one address, in a day.
 */
export type LimitClass =
  | "read"
  | "write"
  | "sign_in"
  | "sign_in_address"
  | "otp"
  | "reset"
  | "codes"
  | "notice"
  | "webhook"
  | "trial"
  | "sms_trial"
  | "email_out"
  | "sms_out"
  | "bookings"
  | "sign_ups";
export type LimitResult = { allowed: boolean; limit: number; remaining: number; resetSeconds: number };
type Rule = { limit: number; windowMs: number };

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const UNBOUND = 1_000_000;

function ruleOf(name: LimitClass): Rule {
  const {
    RATE_LIMIT_READ_PER_MINUTE: read,
    RATE_LIMIT_WRITE_PER_MINUTE: write,
    RATE_LIMIT_SIGN_IN_PER_MINUTE: signIn,
    BOOKINGS_PER_DAY,
    SIGN_UPS_PER_DAY,
    MAIL_PER_SECOND,
    SMS_PER_SECOND,
  } = env();
  const rules: Record<LimitClass, Rule> = {
    read: { limit: read, windowMs: MINUTE },
    write: { limit: write, windowMs: MINUTE },
    sign_in: { limit: signIn, windowMs: MINUTE },
    // A whole clinic may sit behind one address.
    sign_in_address: { limit: Math.max(write, signIn * 10), windowMs: MINUTE },
    otp: { limit: 5, windowMs: 15 * MINUTE },
    // A provider calls for all patients from few addresses.
    webhook: { limit: write * 20, windowMs: MINUTE },
    email_out: { limit: MAIL_PER_SECOND ?? UNBOUND, windowMs: 1_000 },
    sms_out: { limit: SMS_PER_SECOND ?? UNBOUND, windowMs: 1_000 },
    trial: { limit: 5, windowMs: 15 * MINUTE },
    sms_trial: { limit: 5, windowMs: DAY },
    notice: { limit: 1, windowMs: DAY },
    reset: { limit: 5, windowMs: 15 * MINUTE },
    bookings: { limit: BOOKINGS_PER_DAY, windowMs: DAY },
    sign_ups: { limit: SIGN_UPS_PER_DAY, windowMs: DAY },
    codes: { limit: Math.max(20, signIn * 2), windowMs: MINUTE },
  };
  return rules[name];
}

type Limits = { redis: RedisLimits | null; local: Map<LimitClass, LocalLimiter>; rules: Map<LimitClass, Rule> };
const held = globalThis as typeof globalThis & { slotwellLimits?: Limits };

function limits(): Limits {
  const { REDIS_URL: url, REDIS_CA_FILE } = env();
  held.slotwellLimits ??= {
    redis: url ? new RedisLimits(url, authorityIn(REDIS_CA_FILE)) : null,
    local: new Map(),
    rules: new Map(),
  };
  return held.slotwellLimits;
}

function parts(name: LimitClass): { rule: Rule; local: LocalLimiter; redis: RedisLimits | null } {
  const { redis, local, rules } = limits();
  const rule = rules.get(name) ?? ruleOf(name);
  rules.set(name, rule);
  const counter = local.get(name) ?? new LocalLimiter(rule.limit, rule.windowMs);
  local.set(name, counter);
  return { rule, local: counter, redis };
}

/**
 * Takes one of the caller's tries. It is counted here as well as in Redis, so that a Redis that dies in the middle of an attack
 * gives nobody a second budget; without Redis the process's own count is the judge.
 */
export async function limitRequest(name: LimitClass, key: string): Promise<LimitResult> {
  const { rule, local, redis } = parts(name);
  if (env().RATE_LIMIT_DISABLED) return { allowed: true, limit: rule.limit, remaining: rule.limit, resetSeconds: 0 };
  const now = Date.now();
  const here = local.take(key, now);
  if (!here.allowed) return resultOf(rule, here, now);
  const there = await redis?.take(name, rule.limit, rule.windowMs, key);
  if (there && !there.allowed) local.refund(key);
  const judged = there && there.remaining <= here.remaining ? there : here;
  return resultOf(rule, { ...judged, allowed: there?.allowed ?? true }, now);
}

/** Gives a try back: what succeeded was no guess. */
export async function refundRequest(name: LimitClass, key: string): Promise<void> {
  if (env().RATE_LIMIT_DISABLED) return;
  const { rule, local, redis } = parts(name);
  local.refund(key);
  await redis?.take(name, rule.limit, rule.windowMs, key, -1);
}

const resultOf = (rule: Rule, verdict: Verdict, now: number): LimitResult => ({
  allowed: verdict.allowed,
  limit: rule.limit,
  remaining: Math.max(0, verdict.remaining),
  resetSeconds: Math.max(1, Math.ceil((verdict.resetAt - now) / 1000)),
});

/** RateLimit-* as clients know them (draft-ietf-httpapi-ratelimit-headers, the fields apart), and Retry-After where refused. */
export const rateLimitHeaders = ({ allowed, limit, remaining, resetSeconds }: LimitResult): Record<string, string> => ({
  "RateLimit-Limit": `${limit}`,
  "RateLimit-Remaining": `${remaining}`,
  "RateLimit-Reset": `${resetSeconds}`,
  ...(allowed ? {} : { "Retry-After": `${resetSeconds}` }),
});

/** The refusal of a limit that was met; as an answer of the REST API it carries the headers above. */
export const tooMany = (
  { limit, resetSeconds }: LimitResult,
  detail = "Too many requests. Try again later.",
  reason?: string,
): Refused<"rate_limited"> =>
  refuse("rate_limited", { detail, data: { limit, retryAfterSeconds: resetSeconds, ...(reason ? { reason } : {}) } });

/** Closes the connection and forgets all counts; for the end of a process, and for tests. */
export function closeLimits(): void {
  held.slotwellLimits?.redis?.close();
  held.slotwellLimits = undefined;
}
