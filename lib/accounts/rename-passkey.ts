import { and, eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { passkeys } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { passkeyViewOf } from "./passkey-row";
import type { RenameInput } from "./schemas";
import type { PasskeyView } from "./views";

/** Names one of the caller's own passkeys. Somebody else's is not found. */
export async function renamePasskey(
  ctx: Context,
  { id, name }: RenameInput,
): Promise<Result<PasskeyView, "forbidden" | "not_found">> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const [row] = await tx.db
      .update(passkeys)
      .set({ name })
      .where(and(eq(passkeys.id, id), eq(passkeys.userId, actor.userId)))
      .returning();
    return row ? ok(passkeyViewOf(row)) : refuse("not_found");
  });
}
