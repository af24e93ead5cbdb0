import { eq, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { locations } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { versionRefusal } from "@/lib/platform/refusals";
import { locationColumns } from "./columns";
import type { UpdateLocationInput } from "./schemas";
import type { LocationView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict";

/** Changes what is given of a location. A new time zone moves every weekly rule there to the new wall clock; booked visits keep their instants. */
export async function updateLocation(ctx: Context, input: UpdateLocationInput): Promise<Result<LocationView, Refusal>> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const { id, expectedVersion, ...patch } = input;
  return withActor(ctx, async (tx) => {
    const [before] = await tx.db
      .select(locationColumns)
      .from(locations)
      .where(eq(locations.id, id))
      .for("no key update");
    const refusal = versionRefusal(before, expectedVersion);
    if (refusal) return refusal;
    const [row] = await tx.db
      .update(locations)
      .set({
        ...patch,
        address: blankToNull(patch.address),
        phone: blankToNull(patch.phone),
        version: sql`${locations.version} + 1`,
        updatedAt: ctx.now,
      })
      .where(eq(locations.id, id))
      .returning(locationColumns);
    if (!row) throw new Error("update returned no row");
    return ok(row);
  });
}
