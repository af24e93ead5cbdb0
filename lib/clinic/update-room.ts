import { eq, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { rooms } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { mayAdministrate } from "@/lib/platform/permissions";
import { orConflict, versionRefusal } from "@/lib/platform/refusals";
import { roomColumns } from "./columns";
import { roomNameTaken } from "./create-room";
import { setRoomServices } from "./room-services";
import type { UpdateRoomInput } from "./schemas";
import type { RoomView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict" | "validation_failed" | "conflict";

/** Changes what is given of a room. `serviceIds` replaces them all; an empty list opens the room to every service. */
export async function updateRoom(ctx: Context, input: UpdateRoomInput): Promise<Result<RoomView, Refusal>> {
  if (!mayAdministrate(ctx.actor)) return refuse("forbidden");
  const { id, expectedVersion, serviceIds, ...patch } = input;
  return orConflict(roomNameTaken, () =>
    withActor(ctx, async (tx) => {
      const [before] = await tx.db
        .select({ version: rooms.version })
        .from(rooms)
        .where(eq(rooms.id, id))
        .for("no key update");
      const refusal =
        versionRefusal(before, expectedVersion) ?? (serviceIds && (await setRoomServices(tx, id, serviceIds)));
      if (refusal) return refusal;
      const [row] = await tx.db
        .update(rooms)
        .set({ ...patch, version: sql`${rooms.version} + 1`, updatedAt: ctx.now })
        .where(eq(rooms.id, id))
        .returning(roomColumns);
      if (!row) throw new Error("update returned no row");
      return ok(row);
    }),
  );
}
