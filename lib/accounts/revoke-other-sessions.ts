import { and, eq, isNull, ne } from "drizzle-orm";
import { withActor } from "@/db/client";
import { sessions } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { forgetSessions } from "@/lib/platform/session";

/** Ends every sign-in of the caller but the one that asks. */
export async function revokeOtherSessions(ctx: Context): Promise<Result<undefined, "forbidden">> {
  const { actor, now } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  const ended = await withActor(ctx, (tx) =>
    tx.db
      .update(sessions)
      .set({ revokedAt: now, revokedReason: "revoked" })
      .where(and(eq(sessions.userId, actor.userId), ne(sessions.id, actor.sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id }),
  );
  forgetSessions(ended.map(({ id }) => id));
  return ok();
}
