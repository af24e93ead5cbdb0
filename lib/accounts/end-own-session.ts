import { and, eq, isNull } from "drizzle-orm";
import { withActor } from "@/db/client";
import { sessions } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import { forgetSessions } from "@/lib/platform/session";
import type { EndReason } from "./end-sessions";

/** Ends one live session of the caller's own account; false where there is none of that id. */
export async function endOwnSession(ctx: Context, id: string, reason: EndReason): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind !== "user") return false;
  const ended = await withActor(ctx, (tx) =>
    tx.db
      .update(sessions)
      .set({ revokedAt: ctx.now, revokedReason: reason })
      .where(and(eq(sessions.id, id), eq(sessions.userId, actor.userId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id }),
  );
  forgetSessions([id]);
  return ended.length === 1;
}
