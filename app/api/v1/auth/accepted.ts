import type { Result } from "@/lib/domain/result";

/** The answer that tells nothing of who has an account. */
export const accepted = (result: Result<unknown>): Result<{ status: "accepted" }> =>
  result.ok ? { ok: true, value: { status: "accepted" } } : result;
