import { and, eq, isNull } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { issueAccountToken } from "./issue-account-token";
import { resetSecondFactor } from "./reset-second-factor";
import type { CreateAdminInput } from "./schemas";

type Recovered = { userId: string; token: string; expiresAt: Date };

/**
 * The way back in for an admin who has lost every second factor, from the server's own command line: takes the factors and the password, ends the
 * sign-ins, and answers the one-time link with which a password is chosen. The owner is told by mail; the audit log names the command.
 */
export async function recoverAdmin(
  ctx: Context,
  { email }: Pick<CreateAdminInput, "email">,
): Promise<Result<Recovered, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "account.first_admin")) return refuse("forbidden");
  const [admin] = await withActor(ctx, (tx) =>
    tx.db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, email), eq(users.role, "admin"), isNull(users.disabledAt))),
  );
  if (!admin) return refuse("not_found", { detail: "No admin who may sign in has this address." });
  const reset = await resetSecondFactor(ctx, { id: admin.id });
  if (!reset.ok) return reset;
  return ok({ userId: admin.id, ...(await issueAccountToken(ctx, admin.id, "invitation")) });
}
