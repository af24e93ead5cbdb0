import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import { isValidTimeZone } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/refusals";
import { book } from "./book-appointment";
import { refusalOfConflict } from "./conflict";
import { withinDay } from "./daily-bookings";
import type { BookingRefusal } from "./judge-booking";
import { recurringStarts } from "./recurrence";
import type { BookSeriesInput } from "./schemas";
import { type AppointmentView, iso } from "./views";
import { withRetries } from "./with-retries";

export type SeriesView = { id: string; items: AppointmentView[] };
type Refusal = BookingRefusal | "patient_busy" | "rate_limited";
type Clash = { start: string; code: string; reasons?: unknown };

/**
 * Books several visits of one kind, all or none. Where some cannot be, the first one's code comes back with every date that clashes in
 * `data.clashes: [{start, code, reasons?}]`.
 */
export async function bookSeries(ctx: Context, input: BookSeriesInput): Promise<Result<SeriesView, Refusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  return withRetries(() => withActor(ctx, (tx) => bookAll(tx, ctx, input)).catch(refusalOfConflict));
}

async function bookAll(tx: Tx, ctx: Context, input: BookSeriesInput): Promise<Result<SeriesView, Refusal>> {
  // Several writes in one transaction take the movers' lock, or two series could wait for each other.
  await tx.pg`select 1 from doctors where id = ${input.doctorId} for no key update`;
  const starts = await startsOf(tx, input);
  if (!starts.ok) return starts;
  const seriesId = uuidv7();
  const items: AppointmentView[] = [];
  const clashes: Clash[] = [];
  const { rrule: _rule, starts: _starts, ...common } = input;
  for (const start of starts.value) {
    const booked = await withinDay(ctx, () => book(tx, ctx, { ...common, start, seriesId }));
    if (booked.ok) items.push(booked.value);
    else if (booked.code !== "slot_unavailable" && booked.code !== "patient_busy") return booked;
    else
      clashes.push({ start: iso(start), code: booked.code, ...(booked.data ? { reasons: booked.data.reasons } : {}) });
  }
  const [first] = clashes;
  if (!first) return { ok: true, value: { id: seriesId, items } };
  return refuse(first.code as Refusal, {
    detail: `${clashes.length} of ${starts.value.length} dates cannot be booked; none was.`,
    data: { clashes },
  });
}

async function startsOf(tx: Tx, input: BookSeriesInput): Promise<Result<Date[], "validation_failed">> {
  if (input.starts) {
    const unique = new Map(input.starts.map((start) => [start.getTime(), start]));
    return { ok: true, value: [...unique.values()].sort((a, b) => a.getTime() - b.getTime()) };
  }
  const timeZone = await zoneOf(tx, input);
  const found = recurringStarts(input.rrule ?? "", timeZone);
  return found.ok ? { ok: true, value: found.starts } : invalid("rrule", found.message);
}

/** The named location's zone, else the doctor's first one's. */
async function zoneOf(tx: Tx, { locationId, doctorId }: BookSeriesInput): Promise<string> {
  const [place] = await tx.pg<{ time_zone: string }[]>`
    select l.time_zone from locations l left join doctor_locations d on d.location_id = l.id and d.doctor_id = ${doctorId}
    where l.id = ${locationId ?? null}::uuid or (${locationId ?? null}::uuid is null and d.doctor_id is not null) order by l.id limit 1`;
  return place && isValidTimeZone(place.time_zone) ? place.time_zone : "UTC";
}
