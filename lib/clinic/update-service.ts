import { eq, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { services } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { versionRefusal } from "@/lib/platform/refusals";
import { serviceColumns } from "./columns";
import { nextServiceRefusal } from "./next-service-refusal";
import type { UpdateServiceInput } from "./schemas";
import type { ServiceView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict" | "validation_failed";

/** Changes what is given of a service, from now on: booked visits keep their length and buffers. A step that is the duration follows it. */
export async function updateService(ctx: Context, input: UpdateServiceInput): Promise<Result<ServiceView, Refusal>> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const { id, expectedVersion, ...patch } = input;
  return withActor(ctx, async (tx) => {
    const [before] = await tx.db.select(serviceColumns).from(services).where(eq(services.id, id)).for("no key update");
    const refusal = versionRefusal(before, expectedVersion) ?? (await nextServiceRefusal(tx, patch));
    if (refusal || !before) return refusal ?? refuse("not_found");
    const isStepOfItsOwn = before.slotStepMinutes !== before.durationMinutes;
    const [row] = await tx.db
      .update(services)
      .set({
        slotStepMinutes: isStepOfItsOwn ? undefined : patch.durationMinutes,
        ...patch,
        description: blankToNull(patch.description),
        version: sql`${services.version} + 1`,
        updatedAt: ctx.now,
      })
      .where(eq(services.id, id))
      .returning(serviceColumns);
    if (!row) throw new Error("update returned no row");
    return ok(row);
  });
}
