import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { issueAccountToken } from "./issue-account-token";
import type { CreateAdminInput } from "./schemas";

type Made = { userId: string; token: string; expiresAt: Date };

/**
 * Makes an admin's account from the server's own command line and answers the one-time link with which its password is set; an admin
 * who exists gets a new link. An address that belongs to somebody who is no admin is refused.
 */
export async function createAdmin(
  ctx: Context,
  { email, name }: CreateAdminInput,
): Promise<Result<Made, "forbidden" | "conflict">> {
  if (!may(ctx.actor, "account.first_admin")) return refuse("forbidden");
  const userId = await withActor(ctx, async (tx) => {
    await tx.db
      .insert(users)
      .values({ id: uuidv7(), email, role: "admin", displayName: name ?? email })
      .onConflictDoNothing({ target: users.email });
    const [admin] = await tx.db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, email), eq(users.role, "admin")));
    return admin?.id;
  });
  if (!userId) return refuse("conflict", { detail: "This address belongs to an account that is no admin." });
  return ok({ userId, ...(await issueAccountToken(ctx, userId, "invitation")) });
}
