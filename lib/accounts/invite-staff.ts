import { eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { addInvitedUser } from "./add-invited-user";
import { ensureDoctorProfile } from "./doctor-profile";
import type { InviteStaffInput } from "./schemas";
import { userViewOf } from "./user-row";
import type { UserView } from "./views";

/** Makes a staff account without a password and has the invitation sent. */
export async function inviteStaff(
  ctx: Context,
  { email, name, role }: InviteStaffInput,
): Promise<Result<UserView, "forbidden" | "conflict">> {
  if (!may(ctx.actor, "account.administrate")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const userId = await addInvitedUser(tx, { email, displayName: name, role });
    if (!userId)
      return refuse("conflict", {
        errors: [{ path: "email", message: "already has an account" }],
        data: { reason: "email_taken" },
      });
    if (role === "doctor") await ensureDoctorProfile(tx, userId, name);
    const [row] = await tx.db.select().from(users).where(eq(users.id, userId));
    if (!row) throw new Error("insert left no row");
    return ok(userViewOf(row));
  });
}
