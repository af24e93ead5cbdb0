import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { endOwnSession } from "./end-own-session";
import type { SessionInput } from "./schemas";

/** Ends one of the caller's own sign-ins, on whatever device. Somebody else's is not found. */
export async function revokeSession(
  ctx: Context,
  { id }: SessionInput,
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!mayKeepAccount(ctx.actor)) return refuse("forbidden");
  return (await endOwnSession(ctx, id, "revoked")) ? ok() : refuse("not_found");
}
