import type { Result } from "@/lib/domain/result";
import { dayBounds, localDate } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { type ListRefusal, listVisits, type Page } from "./list-appointments";
import type { ListAppointmentsInput } from "./schemas";
import { iso, type VisitView } from "./views";

const DAY_MS = 86_400_000;

/** At most this many visits on one calendar or day; a clinic's day has hundreds. */
const MAX_RANGE = 2_000;

async function allBetween(
  ctx: Context,
  input: {
    from: string;
    to: string;
    doctorId?: string | undefined;
    locationId?: string | undefined;
    patientId?: string | undefined;
    status?: ListAppointmentsInput["status"];
  },
): Promise<Result<VisitView[], ListRefusal>> {
  const found = await listVisits(ctx, { ...input, limit: MAX_RANGE });
  return found.ok ? { ok: true, value: found.value.items } : found;
}

/** One doctor's visits that start within `from` (included) to `to`, both instants, cancelled ones left out. */
export const doctorCalendar = (ctx: Context, { doctorId, from, to }: { doctorId: string; from: Date; to: Date }) =>
  allBetween(ctx, { doctorId, from: iso(from), to: iso(to), status: SHOWN_ON_CALENDAR });

const SHOWN_ON_CALENDAR: ListAppointmentsInput["status"] = [
  "held",
  "booked",
  "arrived",
  "checked_in",
  "in_progress",
  "fulfilled",
  "no_show",
];

/** Reception's list of one day: the whole date at each location, today by that location's clock where none is named. */
export async function daysVisits(
  ctx: Context,
  { locationId, date }: { locationId?: string | undefined; date?: string | undefined },
): Promise<Result<VisitView[], ListRefusal>> {
  if (date) return allBetween(ctx, { from: date, to: date, locationId });
  const now = ctx.now.getTime();
  const wide = { from: iso(new Date(now - DAY_MS)), to: iso(new Date(now + DAY_MS)) };
  const found = await allBetween(ctx, { ...wide, locationId });
  if (!found.ok) return found;
  const isToday = (visit: VisitView) => {
    const today = dayBounds(localDate(now / 1_000, visit.timeZone), visit.timeZone);
    const start = Date.parse(visit.start) / 1_000;
    return today.start <= start && start < today.end;
  };
  return { ok: true, value: found.value.filter(isToday) };
}

/** The visits of one patient, or of all for whom the caller stands: those ahead soonest first, past ones latest first. */
export async function patientVisits(
  ctx: Context,
  input: { when: "upcoming" | "past"; patientId?: string | undefined; limit?: number; cursor?: string | undefined },
): Promise<Result<Page<VisitView>, ListRefusal>> {
  const { when, patientId, limit = 25, cursor } = input;
  const isAhead = when === "upcoming";
  const bound = isAhead ? { from: iso(ctx.now), order: "asc" as const } : { to: iso(ctx.now), order: "desc" as const };
  return listVisits(ctx, { ...bound, limit, ...(patientId ? { patientId } : {}), ...(cursor ? { cursor } : {}) });
}
