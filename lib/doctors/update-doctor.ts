import { eq, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { doctors, users } from "@/db/schema";
import { addInvitedUser } from "@/lib/accounts/add-invited-user";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { enqueue } from "@/lib/platform/outbox";
import { may } from "@/lib/platform/permissions";
import { orConflict, versionRefusal } from "@/lib/platform/refusals";
import { doctorColumns } from "./columns";
import { emailTaken } from "./create-doctor";
import { setDoctorLinks } from "./doctor-links";
import type { UpdateDoctorInput } from "./schemas";
import type { DoctorView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict" | "validation_failed" | "conflict";
const taken = { users_email_unique: { path: "email", message: "already has an account" } };

/** Changes what is given of a doctor. A place where they still have weekly hours can't be taken away: `conflict`. */
export async function updateDoctor(ctx: Context, input: UpdateDoctorInput): Promise<Result<DoctorView, Refusal>> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const { id, expectedVersion, serviceIds, locationIds, email, ...patch } = input;
  return orConflict(taken, () =>
    withActor(ctx, async (tx) => {
      const [before] = await tx.db.select().from(doctors).where(eq(doctors.id, id)).for("no key update");
      const refusal =
        versionRefusal(before, expectedVersion) ?? (await setDoctorLinks(tx, id, { serviceIds, locationIds }));
      if (refusal || !before) return refusal ?? refuse("not_found");
      const userId = await setAccount(tx, before, { email, name: patch.name });
      if (email && !userId) return emailTaken();
      await tx.db
        .update(doctors)
        .set({
          ...patch,
          userId,
          specialty: blankToNull(patch.specialty),
          version: sql`${doctors.version} + 1`,
          updatedAt: ctx.now,
        })
        .where(eq(doctors.id, id));
      const [row] = await tx.db
        .select({ ...doctorColumns, email: users.email })
        .from(doctors)
        .leftJoin(users, eq(users.id, doctors.userId))
        .where(eq(doctors.id, id));
      if (!row) throw new Error("update left no row");
      return ok(row);
    }),
  );
}

type Doctor = { userId: string | null; name: string };
type Change = { email: string | undefined; name: string | undefined };

/** Keeps the account in step: an imported doctor who gets an address is invited, a new address has to be proven again. */
async function setAccount(tx: Tx, doctor: Doctor, { email, name }: Change): Promise<string | null> {
  if (!doctor.userId) {
    if (!email) return null;
    return addInvitedUser(tx, { email, displayName: name ?? doctor.name, role: "doctor" });
  }
  const [account] = await tx.db.select().from(users).where(eq(users.id, doctor.userId)).for("no key update");
  if (!account) throw new Error("a doctor's account is gone");
  const moved = email !== undefined && email.toLowerCase() !== account.email.toLowerCase();
  if (!moved && name === undefined) return account.id;
  await tx.db
    .update(users)
    .set({
      displayName: name,
      ...(moved ? { email, emailVerifiedAt: null } : {}),
      version: sql`${users.version} + 1`,
    })
    .where(eq(users.id, account.id));
  if (moved) {
    const topic = account.passwordHash ? "account.verification_requested" : "account.invited";
    await enqueue(tx, { topic, payload: { userId: account.id } });
  }
  return account.id;
}
