import { withActor } from "@/db/client";
import { services } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { mayAdministrate } from "@/lib/platform/permissions";
import { orConflict } from "@/lib/platform/refusals";
import { serviceColumns } from "./columns";
import type { CreateServiceInput } from "./schemas";
import type { ServiceView } from "./views";

export const serviceNameTaken = {
  services_name_unique: { path: "name", message: "is the name of another service" },
};

/** Adds a service that doctors can be given. Slots start every `slotStepMinutes`, by default the duration. */
export async function createService(
  ctx: Context,
  input: CreateServiceInput,
): Promise<Result<ServiceView, "forbidden" | "conflict">> {
  if (!mayAdministrate(ctx.actor)) return refuse("forbidden");
  const values = {
    ...input,
    description: blankToNull(input.description),
    slotStepMinutes: input.slotStepMinutes ?? input.durationMinutes,
  };
  return orConflict(serviceNameTaken, () =>
    withActor(ctx, async (tx) => {
      const [row] = await tx.db.insert(services).values(values).returning(serviceColumns);
      if (!row) throw new Error("insert returned no row");
      return ok(row);
    }),
  );
}
