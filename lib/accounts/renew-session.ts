import { and, eq, isNull } from "drizzle-orm";
import { withActor } from "@/db/client";
import { sessions } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { forgetSessions, type SessionEnd } from "@/lib/platform/session";
import { endOf } from "./session-row";

/** Somebody is there: the idle time of the sign-in that the caller is using starts anew. */
export async function renewSession(ctx: Context): Promise<Result<SessionEnd, "unauthenticated">> {
  const { actor, now } = ctx;
  if (actor.kind !== "user") return refuse("unauthenticated");
  const [row] = await withActor(ctx, (tx) =>
    tx.db
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(and(eq(sessions.id, actor.sessionId), eq(sessions.kind, "browser"), isNull(sessions.revokedAt)))
      .returning(),
  );
  if (!row) return refuse("unauthenticated");
  forgetSessions([actor.sessionId]);
  return ok({ endsAt: endOf(row), latestEnd: row.expiresAt });
}
