import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sessions } from "@/db/schema";

export type EndReason = NonNullable<(typeof sessions.$inferSelect)["revokedReason"]>;

/** Ends every session of an account. Hand the ids to `forgetSessions` once the transaction has committed. */
export async function endSessions(tx: Tx, userId: string, reason: EndReason, now: Date): Promise<string[]> {
  const ended = await tx.db
    .update(sessions)
    .set({ revokedAt: now, revokedReason: reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  return ended.map(({ id }) => id);
}
