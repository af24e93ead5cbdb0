import { and, eq, isNull } from "drizzle-orm";
import { withActor } from "@/db/client";
import { sessions } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import type { RenameInput } from "./schemas";
import { sessionViewOf } from "./session-row";
import type { SessionView } from "./views";

/** Names one of the caller's own sign-ins. Somebody else's, or one that has ended, is not found. */
export async function renameSession(
  ctx: Context,
  { id, name }: RenameInput,
): Promise<Result<SessionView, "forbidden" | "not_found">> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const [row] = await tx.db
      .update(sessions)
      .set({ name })
      .where(and(eq(sessions.id, id), eq(sessions.userId, actor.userId), isNull(sessions.revokedAt)))
      .returning();
    return row ? ok(sessionViewOf(row, actor)) : refuse("not_found");
  });
}
