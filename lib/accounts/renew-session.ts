import { and, eq, isNull, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { sessions } from "@/db/schema";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";
import { forgetSessions } from "@/lib/platform/session";

/** However often it is renewed, a sign-in ends after so many of its lives. */
const MOST_LIVES = 7;

/** When the sign-in that the caller is using ends; null where nobody is signed in. */
export async function sessionEnd(ctx: Context): Promise<Date | null> {
  const { actor } = ctx;
  if (actor.kind !== "user") return null;
  const [row] = await withActor(ctx, (tx) =>
    tx.db.select({ expiresAt: sessions.expiresAt }).from(sessions).where(eq(sessions.id, actor.sessionId)),
  );
  return row?.expiresAt ?? null;
}

/** A full life more, from now, for the browser's sign-in that the caller is using; `expiresAt` is its new end. */
export async function renewSession(ctx: Context): Promise<Result<{ expiresAt: Date }, "unauthenticated">> {
  const { actor, now } = ctx;
  if (actor.kind !== "user") return refuse("unauthenticated");
  const hours = env().SESSION_HOURS;
  const wanted = new Date(now.getTime() + hours * 3_600_000).toISOString();
  const [row] = await withActor(ctx, (tx) =>
    tx.db
      .update(sessions)
      .set({
        expiresAt: sql`greatest(${sessions.expiresAt}, least(${wanted}::timestamptz, ${sessions.createdAt} + make_interval(hours => ${hours * MOST_LIVES})))`,
      })
      .where(and(eq(sessions.id, actor.sessionId), eq(sessions.kind, "browser"), isNull(sessions.revokedAt)))
      .returning({ expiresAt: sessions.expiresAt }),
  );
  if (!row) return refuse("unauthenticated");
  forgetSessions([actor.sessionId]);
  return { ok: true, value: row };
}
