import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { patientProxies, patients } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { patientColumns } from "./columns";
import { contactValues } from "./contact-values";
import type { AddChildInput } from "./schemas";
import type { PatientView } from "./views";

type Refusal = "forbidden" | "validation_failed" | "too_many_children";
const MAX_CHILDREN = 20;
const ADULT_AT = 18;

/** Registers a child of the signed-in account, with a full grant that ends on the child's eighteenth birthday. */
export async function addChild(ctx: Context, input: AddChildInput): Promise<Result<PatientView, Refusal>> {
  if (ctx.actor.kind !== "user" || !may(ctx.actor, "child.add", ctx.actor)) return refuse("forbidden");
  const { userId } = ctx.actor;
  const { errors } = await contactValues(ctx.db, { dateOfBirth: input.dateOfBirth }, ctx.now);
  if (errors.length > 0) return refuse("validation_failed", { errors });
  const birthday = new Date(`${input.dateOfBirth}T00:00:00Z`);
  birthday.setUTCFullYear(birthday.getUTCFullYear() + ADULT_AT);
  if (birthday <= ctx.now)
    return invalid("dateOfBirth", "is of somebody who is of age and registers in their own name");

  const id = uuidv7();
  return withActor(ctx, async (tx) => {
    if ((await tx.db.$count(patientProxies, eq(patientProxies.userId, userId))) >= MAX_CHILDREN) {
      return refuse("too_many_children", { detail: "Please ask the clinic to register further children." });
    }
    await tx.db.execute(sql`select register_child(${id}::uuid, ${uuidv7()}::uuid, ${input.givenName}, ${input.familyName},
      ${input.dateOfBirth}::date, ${input.sex ?? "unknown"}, ${input.relationship ?? "parent"}, ${ctx.now.toISOString()}::timestamptz)`);
    const [row] = await tx.db.select(patientColumns).from(patients).where(eq(patients.id, id));
    if (!row) throw new Error("the child can't be seen by its parent");
    return ok(row);
  });
}
