import { withActor } from "@/db/client";
import { locations } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { locationColumns } from "./columns";
import type { CreateLocationInput } from "./schemas";
import type { LocationView } from "./views";

/** Opens a new location. */
export async function createLocation(
  ctx: Context,
  input: CreateLocationInput,
): Promise<Result<LocationView, "forbidden">> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const values = { ...input, address: blankToNull(input.address), phone: blankToNull(input.phone) };
  return withActor(ctx, async (tx) => {
    const [row] = await tx.db.insert(locations).values(values).returning(locationColumns);
    if (!row) throw new Error("insert returned no row");
    return ok(row);
  });
}
