import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { withActor } from "@/db/client";
import { sessions } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { endOf, sessionViewOf } from "./session-row";
import type { SessionView } from "./views";

/** More than anybody has; keeps the answer small all the same. */
const MOST = 100;

/** The caller's own live sign-ins, the latest first. */
export async function listSessions(
  ctx: Context,
): Promise<Result<{ items: SessionView[]; nextCursor: null }, "forbidden">> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  const rows = await withActor(ctx, (tx) =>
    tx.db
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, actor.userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, ctx.now)))
      .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
      .limit(MOST),
  );
  const items = rows.filter((row) => endOf(row) > ctx.now).map((row) => sessionViewOf(row, actor));
  return ok({ items, nextCursor: null });
}
