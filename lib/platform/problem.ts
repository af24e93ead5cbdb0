import type { FieldError, Refused } from "@/lib/domain/result";

/** RFC 9457, with a literal `code` for programs and `errors` that name fields. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: FieldError[];
  [extension: string]: unknown;
};

/** The status of each refusal that has its own; every other refusal is a conflict with the state of things. */
const STATUS: Record<string, number> = {
  validation_failed: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  otp_required: 401,
  forbidden: 403,
  second_factor_required: 403,
  step_up_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  version_conflict: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  rate_limited: 429,
  internal_error: 500,
  unavailable: 503,
  encryption_not_configured: 503,
};

const title = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");

export const statusOf = (code: string): number => STATUS[code] ?? 409;

/** A refusal as the problem document that tells of it; the refusal's `data` become extension members. */
export const problemOf = ({ code, detail, errors, data }: Omit<Refused, "ok">): Problem => ({
  ...data,
  type: `urn:slotwell:problem:${code}`,
  title: title(code),
  status: statusOf(code),
  code,
  ...(detail === undefined ? {} : { detail }),
  ...(errors === undefined ? {} : { errors }),
});

export function problemResponse(refusal: Omit<Refused, "ok">, headers: HeadersInit = {}): Response {
  const problem = problemOf(refusal);
  const { data } = refusal;
  const all = new Headers(headers);
  all.set("content-type", "application/problem+json");
  all.set("cache-control", "no-store");
  if (typeof data?.retryAfterSeconds === "number") {
    all.set("retry-after", String(data.retryAfterSeconds));
    // The limit that was met, which need not be the one that the door counted first.
    all.set("ratelimit-limit", String(data.limit));
    all.set("ratelimit-remaining", "0");
    all.set("ratelimit-reset", String(data.retryAfterSeconds));
  }
  if (problem.status === 401) all.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(problem), { status: problem.status, headers: all });
}
