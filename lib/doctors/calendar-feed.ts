import { withActor } from "@/db/client";
import type { VisitView } from "@/lib/appointments/views";
import { doctorCalendar } from "@/lib/appointments/visit-lists";
import { type Interval, subtract, union } from "@/lib/domain/interval";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { applyExceptions, expandRules, type ScheduleException } from "@/lib/domain/schedule";
import { dayBounds, localDate } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { exceptionsBetween, readSchedule } from "./queries";

/** ISO instants, half-open. */
export type CalendarSpan = { start: string; end: string };
export type CalendarLeave = CalendarSpan & { id: string; reason: string | null; locationId: string | null };

/** What a doctor's calendar shows between two instants. */
export type CalendarFeed = {
  visits: VisitView[];
  /** Those of today by the clock of the calendar. */
  today: VisitView[];
  /** When no patients are seen: outside hours and on leave. */
  closed: CalendarSpan[];
  leave: CalendarLeave[];
  /** When it was read. */
  at: string;
};

type Asked = { doctorId: string; from: Date; to: Date; timeZone: string };

/** A doctor's visits, hours and leave from `from` to `to`, both instants; to the doctor, reception and admins. */
export async function calendarFeed(
  ctx: Context,
  { doctorId, from, to, timeZone }: Asked,
): Promise<Result<CalendarFeed, "unauthenticated" | "forbidden" | "not_found" | "validation_failed">> {
  if (!may(ctx.actor, "calendar.keep", { doctorId })) return refuse("forbidden");
  const day = dayBounds(localDate(Math.floor(ctx.now.getTime() / 1_000), timeZone), timeZone);
  const [visits, today, times] = await Promise.all([
    doctorCalendar(ctx, { doctorId, from, to }),
    doctorCalendar(ctx, { doctorId, from: new Date(day.start * 1_000), to: new Date(day.end * 1_000) }),
    readTimes(ctx, { doctorId, from, to }),
  ]);
  if (!visits.ok) return visits;
  if (!today.ok) return today;
  if (!times) return refuse("not_found");
  return ok({ visits: visits.value, today: today.value, ...times, at: ctx.now.toISOString() });
}

const secondsOf = (at: Date) => Math.floor(at.getTime() / 1_000);
const spanOf = ({ start, end }: Interval): CalendarSpan => ({
  start: new Date(start * 1_000).toISOString(),
  end: new Date(end * 1_000).toISOString(),
});

async function readTimes(ctx: Context, { doctorId, from, to }: Omit<Asked, "timeZone">) {
  const range = { start: secondsOf(from), end: secondsOf(to) };
  const read = await withActor(ctx, async (tx) => ({
    schedule: await readSchedule(tx, doctorId),
    exceptions: await exceptionsBetween(tx, { doctorId, from, to }),
  }));
  if (!read.schedule) return null;
  const { rules } = read.schedule;
  const zones = new Map(rules.map(({ locationId, timeZone }) => [locationId, timeZone]));
  const exceptions: ScheduleException[] = read.exceptions.map(({ kind, locationId, from: start, to: end }) => {
    return { kind, locationId, start: secondsOf(start), end: secondsOf(end) };
  });
  const zoneOf = (id: string) => zones.get(id) ?? "UTC";
  const open = union(applyExceptions(expandRules(rules, range, zoneOf), exceptions, zoneOf));
  return {
    closed: subtract([range], open).map(spanOf),
    leave: read.exceptions
      .filter(({ kind }) => kind === "leave")
      .map(({ id, reason, locationId, from: start, to: end }) => {
        return { id, reason, locationId, start: start.toISOString(), end: end.toISOString() };
      }),
  };
}
