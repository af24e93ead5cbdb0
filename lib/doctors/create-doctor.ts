import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { doctors } from "@/db/schema";
import { addInvitedUser } from "@/lib/accounts/add-invited-user";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { doctorColumns } from "./columns";
import { setDoctorLinks } from "./doctor-links";
import type { CreateDoctorInput } from "./schemas";
import type { DoctorView } from "./views";

type Refusal = "forbidden" | "validation_failed" | "conflict";

export const emailTaken = () => refuse("conflict", { errors: [{ path: "email", message: "already has an account" }] });

/** Adds a doctor with an account and has the invitation sent. Unknown ids are refused by path: `serviceIds.0`. */
export async function createDoctor(ctx: Context, input: CreateDoctorInput): Promise<Result<DoctorView, Refusal>> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const { serviceIds, locationIds, email, ...values } = input;
  const id = uuidv7();
  return withActor(ctx, async (tx) => {
    const userId = await addInvitedUser(tx, { email, displayName: input.name, role: "doctor" });
    if (!userId) return emailTaken();
    await tx.db.insert(doctors).values({ id, userId, ...values, specialty: blankToNull(values.specialty) });
    const refusal = await setDoctorLinks(tx, id, { serviceIds, locationIds });
    if (refusal) return refusal;
    const [row] = await tx.db.select(doctorColumns).from(doctors).where(eq(doctors.id, id));
    if (!row) throw new Error("insert left no row");
    return ok({ ...row, email });
  });
}
