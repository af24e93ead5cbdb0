import { eq, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { locations, rooms } from "@/db/schema";
import { ok, type Refused, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { invalid, versionRefusal } from "@/lib/platform/refusals";
import { roomColumns } from "./columns";
import { setRoomServices } from "./room-services";
import type { UpdateRoomInput } from "./schemas";
import type { RoomView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict" | "validation_failed" | "conflict";

/**
 * Changes what is given of a room. `serviceIds` replaces them all; an empty list opens the room to every service. A room with visits ahead
 * stays where it is: `conflict`.
 */
export async function updateRoom(ctx: Context, input: UpdateRoomInput): Promise<Result<RoomView, Refusal>> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const { id, expectedVersion, serviceIds, ...patch } = input;
  return withActor(ctx, async (tx) => {
    const [before] = await tx.db
      .select({ version: rooms.version, locationId: rooms.locationId })
      .from(rooms)
      .where(eq(rooms.id, id))
      .for("update");
    const refusal =
      versionRefusal(before, expectedVersion) ??
      (patch.locationId &&
        patch.locationId !== before?.locationId &&
        (await moveRefusal(tx, ctx, id, patch.locationId))) ??
      (serviceIds && (await setRoomServices(tx, id, serviceIds)));
    if (refusal) return refusal;
    const [row] = await tx.db
      .update(rooms)
      .set({ ...patch, version: sql`${rooms.version} + 1`, updatedAt: ctx.now })
      .where(eq(rooms.id, id))
      .returning(roomColumns);
    if (!row) throw new Error("update returned no row");
    return ok(row);
  });
}

/** The lock on the room's row keeps bookings out that would name it meanwhile. */
async function moveRefusal(
  tx: Tx,
  ctx: Context,
  roomId: string,
  locationId: string,
): Promise<Refused<"validation_failed" | "conflict"> | null> {
  const place = await tx.db.select({ id: locations.id }).from(locations).where(eq(locations.id, locationId));
  if (place.length === 0) return invalid("locationId", "does not exist");
  const visits = await tx.pg`
    select 1 from appointments where room_id = ${roomId} and status <> 'cancelled' and ends_at > ${ctx.now} limit 1`;
  if (visits.length === 0) return null;
  return refuse("conflict", {
    errors: [{ path: "locationId", message: "cannot change while visits are booked in the room" }],
  });
}
