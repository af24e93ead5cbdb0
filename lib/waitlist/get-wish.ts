import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import type { WaitlistIdInput } from "./schemas";
import { readWishes, type WaitlistView } from "./views";

/** One wish, for those who keep the list. */
export async function getWish(
  ctx: Context,
  { id }: WaitlistIdInput,
): Promise<Result<WaitlistView, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "waitlist.table")) return refuse("forbidden");
  const [wish] = await withActor(ctx, ({ pg }) => readWishes(pg, pg`e.id = ${id}`, ctx.now, 1));
  return wish ? ok(wish) : refuse("not_found");
}
