import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type ListRefusal, listVisits, type Page } from "./list-appointments";
import type { ListAppointmentsInput } from "./schemas";
import { iso, type VisitView } from "./views";

/** At most this many visits on one calendar. */
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
