import { ok, type Result, refuse } from "@/lib/domain/result";
import type { SlotCursor } from "@/lib/domain/slots";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, encodeCursor } from "@/lib/platform/cursor";
import { badCursor } from "@/lib/platform/refusals";
import { readAsked } from "./asked";
import { findFreeSlots } from "./find-free-slots";
import type { SearchSlotsInput } from "./schemas";
import { slotViews } from "./slot-views";
import type { SlotView } from "./views";

const DEFAULT_LIMIT = 100;

/**
 * Free times of a service in order of (start, doctor, location), page by page. For everybody, signed in or not. Times that a booking
 * would refuse are never in it, but for those taken since.
 */
export async function searchSlots(
  ctx: Context,
  input: SearchSlotsInput,
): Promise<Result<{ items: SlotView[]; nextCursor: string | null }, "validation_failed" | "not_found">> {
  const asked = readAsked(input.from, input.to);
  if (!asked.ok) return asked;
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor);
  if (after === null) return badCursor();

  const found = await findFreeSlots(ctx, {
    serviceId: input.serviceId,
    doctorIds: input.doctorId === undefined ? undefined : [input.doctorId],
    locationId: input.locationId,
    asked: asked.value,
    after,
    limit: Number(input.limit ?? DEFAULT_LIMIT),
  });
  if (!found) return refuse("not_found", { errors: [{ path: "serviceId", message: "was not found" }] });
  const { next } = found.columns;
  return ok({
    items: slotViews(found),
    nextCursor: next && encodeCursor([next.start, next.doctorId, next.locationId]),
  });
}

function readCursor(text: string): SlotCursor | null {
  const [start, doctorId, locationId, ...more] = decodeCursor(text) ?? [];
  if (typeof start !== "number" || typeof doctorId !== "string" || typeof locationId !== "string") return null;
  return more.length === 0 && Number.isSafeInteger(start) ? { start, doctorId, locationId } : null;
}
