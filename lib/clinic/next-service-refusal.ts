import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { services } from "@/db/schema";
import { type Refused, refuse } from "@/lib/domain/result";

/** Refuses a service whose patients should come again for one that is not there. */
export async function nextServiceRefusal(
  { db }: Tx,
  { nextVisitServiceId: id }: { nextVisitServiceId?: string | null | undefined },
): Promise<Refused<"validation_failed"> | null> {
  if (!id) return null;
  const [known] = await db.select({ id: services.id }).from(services).where(eq(services.id, id));
  return known
    ? null
    : refuse("validation_failed", { errors: [{ path: "nextVisitServiceId", message: "is unknown" }] });
}
