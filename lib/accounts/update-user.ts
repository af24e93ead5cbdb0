import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { versionRefusal } from "@/lib/platform/refusals";
import { forgetSessions } from "@/lib/platform/session";
import { ensureDoctorProfile } from "./doctor-profile";
import { endSessions } from "./end-sessions";
import type { UpdateUserInput } from "./schemas";
import { userViewOf } from "./user-row";
import type { UserView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict" | "policy_refused";
type User = typeof users.$inferSelect;

/** Locks all admins in id order and says whether `user` is the only one left who can sign in. */
async function isLastAdmin(tx: Tx, user: User): Promise<boolean> {
  const admins = await tx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), isNull(users.disabledAt), isNotNull(users.passwordHash)))
    .orderBy(users.id)
    .for("no key update");
  return admins.length === 1 && admins[0]?.id === user.id;
}

async function change(tx: Tx, user: User, { role, disabled, name }: UpdateUserInput, now: Date) {
  const nowRole = role ?? user.role;
  const disabledAt = disabled === undefined ? user.disabledAt : disabled ? (user.disabledAt ?? now) : null;
  const [row] = await tx.db
    .update(users)
    .set({
      role: nowRole,
      disabledAt,
      displayName: name ?? user.displayName,
      updatedAt: now,
      version: sql`${users.version} + 1`,
    })
    .where(eq(users.id, user.id))
    .returning();
  if (!row) throw new Error("update left no row");
  if (nowRole === "doctor") await ensureDoctorProfile(tx, row.id, row.displayName);
  const ends = disabledAt !== null ? "disabled" : nowRole !== user.role ? "role_changed" : null;
  return { row, ended: ends ? await endSessions(tx, user.id, ends, now) : [] };
}

/** Changes an account's role, name or whether it may sign in. A new role and disabling end its sessions at once. */
export async function updateUser(ctx: Context, input: UpdateUserInput): Promise<Result<UserView, Refusal>> {
  if (!may(ctx.actor, "account.administrate")) return refuse("forbidden");
  const result = await withActor(ctx, async (tx) => {
    const [seen] = await tx.db.select().from(users).where(eq(users.id, input.id));
    const losesAdmin = seen?.role === "admin" && (input.disabled === true || (input.role ?? "admin") !== "admin");
    if (seen && losesAdmin && (await isLastAdmin(tx, seen)))
      return refuse("policy_refused", { detail: "The last admin stays one.", data: { reason: "last_admin" } });
    const [user] = await tx.db.select().from(users).where(eq(users.id, input.id)).for("no key update");
    const refusal = versionRefusal(user, input.expectedVersion);
    if (refusal || !user) return refusal ?? refuse("not_found");
    const { row, ended } = await change(tx, user, input, ctx.now);
    return ok({ ...userViewOf(row), ended });
  });
  if (!result.ok) return result;
  const { ended, ...view } = result.value;
  forgetSessions(ended);
  return ok(view);
}
