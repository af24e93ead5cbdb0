import { and, eq, inArray, notInArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { roomServices, services } from "@/db/schema";
import { type Refused, refuse } from "@/lib/domain/result";
import { unknownIdErrors } from "@/lib/platform/refusals";

/** Makes `serviceIds` the services of the room; touches only the rows that differ, so that the audit shows the change and no more. */
export async function setRoomServices(
  tx: Tx,
  roomId: string,
  serviceIds: readonly string[],
): Promise<Refused<"validation_failed"> | null> {
  const wanted = [...new Set(serviceIds)];
  const known = await tx.db.select({ id: services.id }).from(services).where(inArray(services.id, wanted));
  const errors = unknownIdErrors("serviceIds", serviceIds, new Set(known.map(({ id }) => id)));
  if (errors.length > 0) return refuse("validation_failed", { errors });
  await tx.db
    .delete(roomServices)
    .where(and(eq(roomServices.roomId, roomId), notInArray(roomServices.serviceId, wanted)));
  if (wanted.length > 0) {
    const rows = wanted.map((serviceId) => ({ roomId, serviceId }));
    await tx.db.insert(roomServices).values(rows).onConflictDoNothing();
  }
  return null;
}
