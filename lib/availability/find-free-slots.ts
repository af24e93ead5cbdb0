import { type BusyBits, WORDS_PER_DAY } from "@/lib/domain/busy-bits";
import { dayNumber, type LocalDate } from "@/lib/domain/calendar";
import { daysNeeded, isCellShape, opensOnCells } from "@/lib/domain/fast-slots";
import { findSlots } from "@/lib/domain/find-slots";
import { DAY, HOUR, type Interval } from "@/lib/domain/interval";
import { bookableRange } from "@/lib/domain/policies";
import { applyExceptions, expandRules, type ScheduleException, type Window } from "@/lib/domain/schedule";
import type { SlotColumns, SlotCursor, SlotQuery, VisitShape } from "@/lib/domain/slots";
import { dayBounds } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import {
  type Availability,
  readAvailability,
  readBusy,
  readRooms,
  secondsOf,
  shapeOf,
  unpackBits,
  unpackRules,
} from "./read-availability";

/** Whole days at each location, both included, or instants in epoch seconds, half-open. */
export type Asked = Readonly<{ from: LocalDate; to: LocalDate }> | Interval;

export type SlotSearch = Readonly<{
  serviceId: string;
  /** All who offer the service where absent. */
  doctorIds?: readonly string[] | undefined;
  locationId?: string | undefined;
  asked: Asked;
  after?: SlotCursor | undefined;
  limit?: number | undefined;
}>;

export type FreeSlots = Readonly<{
  columns: SlotColumns;
  shape: VisitShape;
  /** IANA zone of each active location. */
  zones: ReadonlyMap<string, string>;
  /** Active doctors who offer the service, with or without free slots, in order of id. */
  doctorIds: readonly string[];
  horizonDays: number;
}>;

/** From the first place on earth to begin `from` to the last to end `to`, less what is past or was on an earlier page. */
function hullOf({ asked, after }: SlotSearch, now: Date): Interval {
  const whole =
    "start" in asked
      ? asked
      : { start: dayNumber(asked.from) * DAY - 14 * HOUR, end: (dayNumber(asked.to) + 1) * DAY + 12 * HOUR };
  const start = Math.max(whole.start, secondsOf(now), after?.start ?? 0);
  return { start, end: Math.max(start, whole.end) };
}

/** Free slots in order of (start, doctor, location); null where there is no such service. One statement; rooms and visits off the grid take one more each. */
export async function findFreeSlots(ctx: Pick<Context, "db" | "now">, search: SlotSearch): Promise<FreeSlots | null> {
  const { pg } = ctx.db;
  const { serviceId, doctorIds } = search;
  const range = hullOf(search, ctx.now);
  const read = await readAvailability(pg, serviceId, range, ctx.now, doctorIds);
  if (!read?.service.active) return null;

  const { service, zones } = read;
  const shape = shapeOf(service);
  const { onCells, offCells } = sortDoctors(read, search, range);
  const [rooms, busy] = await Promise.all([
    service.requires_room ? readRooms(pg, serviceId, range, shape, ctx.now) : null,
    offCells.length > 0
      ? readBusy(
          pg,
          offCells.map(({ id }) => id),
          range,
          shape,
          ctx.now,
        )
      : null,
  ]);
  const query: SlotQuery = {
    shape,
    range,
    rangeAt: rangesOf(search.asked, range, zones),
    ...bookableRange({ minNoticeMinutes: service.min_notice_minutes, horizonDays: service.horizon_days }, ctx.now),
    rooms,
    after: search.after,
    limit: search.limit,
  };
  const columns = findSlots(
    query,
    { doctors: onCells, bits: bitsOf(onCells, range, shape) },
    offCells.map(({ id, windows }) => ({ id, windows, busy: busy?.get(id) ?? [] })),
  );
  return { columns, shape, zones, doctorIds: read.doctors.map(({ id }) => id), horizonDays: service.horizon_days };
}

type OpenDoctor = { id: string; windows: readonly Window[]; bits: Buffer | null };

/** Doctors who see patients in the range: those whose slots their cells can tell, and the others. */
function sortDoctors({ service, zones, doctors }: Availability, { locationId }: SlotSearch, range: Interval) {
  const isHere = (id: string) => zones.has(id) && (!locationId || id === locationId);
  const isOnCells = isCellShape(shapeOf(service));
  const zoneOf = (id: string) => zones.get(id) as string;
  const asked = (all: readonly Window[]) => all.filter(({ end }) => end > range.start);
  const expanded = new Map<string, { all: readonly Window[]; windows: readonly Window[]; isOnCells: boolean }>();
  const template = (rules: Buffer | null) => {
    const key = rules?.toString("latin1") ?? "";
    let known = expanded.get(key);
    if (!known) {
      const here = rules ? unpackRules(rules).filter((rule) => isHere(rule.locationId)) : [];
      const all = expandRules(here, range, zoneOf);
      const windows = asked(all);
      known = { all, windows, isOnCells: opensOnCells(windows) };
      expanded.set(key, known);
    }
    return known;
  };

  const onCells: OpenDoctor[] = [];
  const offCells: OpenDoctor[] = [];
  for (const { id, rules, bits, exceptions, isStale } of doctors) {
    const weekly = template(rules);
    const windows =
      exceptions.length > 0
        ? asked(applyExceptions(weekly.all, exceptions.filter(isNear(isHere)), zoneOf))
        : weekly.windows;
    if (windows.length === 0) continue;
    const isFast = isOnCells && !isStale && (windows === weekly.windows ? weekly.isOnCells : opensOnCells(windows));
    (isFast ? onCells : offCells).push({ id, windows, bits });
  }
  return { onCells, offCells };
}

const isNear =
  (isHere: (id: string) => boolean) =>
  ({ locationId }: ScheduleException) =>
    locationId === null || isHere(locationId);

function bitsOf(doctors: readonly OpenDoctor[], range: Interval, shape: VisitShape): BusyBits {
  const { firstDay, days } = daysNeeded(range, shape);
  const length = days * WORDS_PER_DAY;
  const words = new Uint32Array(doctors.length * length);
  for (const [index, { bits }] of doctors.entries()) {
    if (bits) unpackBits(bits, words.subarray(index * length, (index + 1) * length), firstDay);
  }
  return { firstDay, days, words };
}

/** Whole days begin and end at each place by its own clock. */
function rangesOf(asked: Asked, range: Interval, zones: ReadonlyMap<string, string>) {
  if ("start" in asked) return undefined;
  const bounds = new Map<string, Interval>();
  const byZone = new Map<string, Interval>();
  for (const [id, zone] of zones) {
    const days = byZone.get(zone) ?? {
      start: Math.max(range.start, dayBounds(asked.from, zone).start),
      end: dayBounds(asked.to, zone).end,
    };
    byZone.set(zone, days);
    bounds.set(id, days);
  }
  return bounds;
}
