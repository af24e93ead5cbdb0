import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { endOwnSession } from "./end-own-session";

/** Ends the session that the caller is using. Nobody signed in: nothing to end. */
export async function signOut(ctx: Context): Promise<Result<undefined, never>> {
  if (ctx.actor.kind === "user") await endOwnSession(ctx, ctx.actor.sessionId, "signed_out");
  return ok();
}
