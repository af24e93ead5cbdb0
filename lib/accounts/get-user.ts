import { eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import type { UserInput } from "./schemas";
import { userViewOf } from "./user-row";
import type { UserView } from "./views";

/** One account. */
export async function getUser(ctx: Context, { id }: UserInput): Promise<Result<UserView, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "account.administrate")) return refuse("forbidden");
  const [row] = await withActor(ctx, (tx) => tx.db.select().from(users).where(eq(users.id, id)));
  return row ? ok(userViewOf(row)) : refuse("not_found");
}
