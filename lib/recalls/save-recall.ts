import { eq, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { doctors, locations, recalls, services } from "@/db/schema";
import type { FieldError, Result } from "@/lib/domain/result";
import { ok, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { invalid, versionRefusal } from "@/lib/platform/refusals";
import { recallColumns } from "./columns";
import type { SaveRecallInput } from "./schemas";
import type { RecallView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict" | "validation_failed";

/** Makes or changes a recall. Who is due is found anew from the beginning; who was asked stays so. */
export async function saveRecall(ctx: Context, input: SaveRecallInput): Promise<Result<RecallView, Refusal>> {
  if (!may(ctx.actor, "recall.keep")) return refuse("forbidden");
  const { id, expectedVersion, ...values } = input;
  if (typeof input.minAge === "number" && typeof input.maxAge === "number" && input.minAge > input.maxAge)
    return invalid("maxAge", "must not be less than the youngest");
  return withActor(ctx, async (tx) => {
    const errors = await unknownIds(tx, input);
    if (errors.length > 0) return refuse("validation_failed", { errors });
    const wanted = { doctorId: null, locationId: null, minAge: null, maxAge: null, ...values };
    if (!id) {
      const [made] = await tx.db.insert(recalls).values(wanted).returning(recallColumns);
      if (!made) throw new Error("insert returned no row");
      return ok(made);
    }
    const [before] = await tx.db.select(recallColumns).from(recalls).where(eq(recalls.id, id)).for("no key update");
    const refusal = versionRefusal(before, expectedVersion);
    if (refusal) return refusal;
    // Nobody is written to until they are found once more.
    await tx.pg`update recall_patients set ask_from = null where recall_id = ${id} and ask_from is not null`;
    const anew = { lookedAt: null, lookedUpTo: null, version: sql`${recalls.version} + 1`, updatedAt: ctx.now };
    const [row] = await tx.db
      .update(recalls)
      .set({ ...wanted, ...anew })
      .where(eq(recalls.id, id))
      .returning(recallColumns);
    if (!row) throw new Error("update returned no row");
    return ok(row);
  });
}

async function unknownIds({ db }: Tx, { serviceId, doctorId, locationId }: SaveRecallInput): Promise<FieldError[]> {
  const known = await Promise.all([
    db.select({ id: services.id }).from(services).where(eq(services.id, serviceId)),
    doctorId ? db.select({ id: doctors.id }).from(doctors).where(eq(doctors.id, doctorId)) : [true],
    locationId ? db.select({ id: locations.id }).from(locations).where(eq(locations.id, locationId)) : [true],
  ]);
  return ["serviceId", "doctorId", "locationId"].flatMap((path, index) =>
    known[index]?.length === 0 ? [{ path, message: "does not exist" }] : [],
  );
}
