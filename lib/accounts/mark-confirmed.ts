import { and, eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { sessions } from "@/db/schema";
import type { UserActor } from "@/lib/domain/actor";
import { asSystem, type Context } from "@/lib/platform/context";
import { forgetSessions } from "@/lib/platform/session";
import { limitsOf } from "./start-session";

/** A browser's session has proved itself anew: that is as good as a new one, so its latest end moves too. */
export async function markConfirmed(ctx: Context, { sessionId, role }: UserActor): Promise<void> {
  const { now } = ctx;
  const expiresAt = new Date(now.getTime() + limitsOf("browser", role).lifeMs);
  await withActor(asSystem(ctx, "accounts"), (tx) =>
    tx.db
      .update(sessions)
      .set({ authenticatedAt: now, lastSeenAt: now, expiresAt })
      .where(and(eq(sessions.id, sessionId), eq(sessions.kind, "browser"))),
  );
  forgetSessions([sessionId]);
}
