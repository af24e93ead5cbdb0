import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { locations, rooms } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { roomColumns } from "./columns";
import { setRoomServices } from "./room-services";
import type { CreateRoomInput } from "./schemas";
import type { RoomView } from "./views";

/** Adds a room to a location. Unknown ids are refused by path: `locationId`, `serviceIds.0`. */
export async function createRoom(
  ctx: Context,
  input: CreateRoomInput,
): Promise<Result<RoomView, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const { serviceIds = [], ...values } = input;
  const id = uuidv7();
  return withActor(ctx, async (tx) => {
    const [place] = await tx.db.select({ id: locations.id }).from(locations).where(eq(locations.id, input.locationId));
    if (!place) return invalid("locationId", "does not exist");
    await tx.db.insert(rooms).values({ id, ...values });
    const refusal = await setRoomServices(tx, id, serviceIds);
    if (refusal) return refusal;
    const [row] = await tx.db.select(roomColumns).from(rooms).where(eq(rooms.id, id));
    if (!row) throw new Error("insert left no row");
    return ok(row);
  });
}
