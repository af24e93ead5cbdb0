import { withActor } from "@/db/client";
import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { ListRefusal } from "./list-appointments";
import { iso, type VisitView } from "./views";
import { daysVisits } from "./visit-lists";

/** `since` is when the visit got the status that it has. */
export type BoardVisit = VisitView & { since: string };

/** A day's visits in order of start, each with how long it has been where it is. */
export async function flowBoard(
  ctx: Context,
  input: { locationId?: string | undefined; date?: string | undefined },
): Promise<Result<BoardVisit[], ListRefusal>> {
  const found = await daysVisits(ctx, input);
  if (!found.ok) return found;
  const ids = found.value.map(({ id }) => id);
  const since = await withActor(ctx, ({ pg }) =>
    pg<{ id: string; at: Date }[]>`select appointment_id as id, max(at) as at from appointment_events
      where appointment_id = any(${ids}::uuid[]) and type in ('appointment.booked', 'appointment.status_changed', 'appointment.cancelled')
      group by 1`.then((rows) => new Map(rows.map(({ id, at }) => [id, iso(at)]))),
  );
  return { ok: true, value: found.value.map((visit) => ({ ...visit, since: since.get(visit.id) ?? visit.createdAt })) };
}
