import { withActor } from "@/db/client";
import { services } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { serviceColumns } from "./columns";
import { nextServiceRefusal } from "./next-service-refusal";
import type { CreateServiceInput } from "./schemas";
import type { ServiceView } from "./views";

/** Adds a service that doctors can be given. Slots start every `slotStepMinutes`, by default the duration. */
export async function createService(
  ctx: Context,
  input: CreateServiceInput,
): Promise<Result<ServiceView, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const values = {
    ...input,
    description: blankToNull(input.description),
    slotStepMinutes: input.slotStepMinutes ?? input.durationMinutes,
  };
  return withActor(ctx, async (tx) => {
    const refusal = await nextServiceRefusal(tx, input);
    if (refusal) return refusal;
    const [row] = await tx.db.insert(services).values(values).returning(serviceColumns);
    if (!row) throw new Error("insert returned no row");
    return ok(row);
  });
}
