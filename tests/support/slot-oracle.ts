import fc from "fast-check";
import { dateOf, dayNumber, weekdayOfDay } from "@/lib/domain/calendar";
import { DAY, type Interval, MINUTE } from "@/lib/domain/interval";
import type { ScheduleException, WeeklyRule } from "@/lib/domain/schedule";
import type { RoomsBusy, VisitShape } from "@/lib/domain/slots";

// Test support: a slow second opinion on slots that looks at each minute and asks Intl what the wall clock says.

/** Four days of a zone, most with a clock change inside. */
export const STRETCHES = [
  { zone: "America/New_York", from: "2024-03-09" },
  { zone: "America/New_York", from: "2024-11-02" },
  { zone: "America/Sao_Paulo", from: "2016-02-19" },
  { zone: "America/Sao_Paulo", from: "2016-10-15" },
  { zone: "Asia/Kolkata", from: "2024-03-09" },
  { zone: "Australia/Lord_Howe", from: "2024-04-06" },
  { zone: "Australia/Lord_Howe", from: "2024-10-05" },
  { zone: "Africa/Casablanca", from: "2024-03-09" },
  { zone: "Pacific/Apia", from: "2011-12-29" },
  { zone: "America/St_Johns", from: "2006-10-28" },
] as const;

const DAYS = 3;
const OTHER_ZONE = "Asia/Kolkata";

type Span = Readonly<{ from: number; length: number }>;
type Rule = Readonly<{ day: number; start: number; length: number; place: number; forService: number }>;
type Doctor = Readonly<{
  rules: readonly Rule[];
  leave: readonly (Span & { place: number })[];
  extra: readonly (Span & { place: number })[];
  busy: readonly Span[];
}>;
export type Case = Readonly<{
  doctors: readonly Doctor[];
  rooms: readonly (readonly Span[])[][] | null;
  visit: number;
  step: number;
  before: number;
  after: number;
  earliest: number;
  latest: number;
}>;

/** Clinics with a few doctors; every time is a multiple of `unit` minutes. */
export const caseOf = (unit: number): fc.Arbitrary<Case> => {
  const minutes = (min: number, max: number) => fc.integer({ min: min / unit, max: max / unit }).map((n) => n * unit);
  const span = (longest: number) =>
    fc.record({ from: minutes(-600, (DAYS + 1) * 1_440), length: minutes(unit, longest) });
  const placed = fc.record({ from: minutes(-600, (DAYS + 1) * 1_440), length: minutes(unit, 600), place: fc.nat(2) });
  const rule = fc.record({
    day: fc.integer({ min: -1, max: DAYS }),
    start: minutes(0, 1_435 - (1_435 % unit)),
    length: minutes(unit, 1_440),
    place: fc.nat(1),
    forService: fc.nat(3),
  });
  const doctor = fc.record({
    rules: fc.array(rule, { maxLength: 5 }),
    leave: fc.array(placed, { maxLength: 2 }),
    extra: fc.array(placed, { maxLength: 2 }),
    busy: fc.array(span(240), { maxLength: 12 }),
  });
  return fc.record({
    doctors: fc.array(doctor, { minLength: 1, maxLength: 3 }),
    rooms: fc.option(
      fc.tuple(
        fc.array(fc.array(span(400), { maxLength: 5 }), { maxLength: 2 }),
        fc.array(fc.array(span(400), { maxLength: 5 }), { maxLength: 2 }),
      ),
    ),
    visit: fc.oneof(minutes(unit, 90), minutes(160, 400)),
    step: minutes(unit, 60),
    before: fc.oneof(fc.constant(0), minutes(0, 200)),
    after: fc.oneof(fc.constant(0), minutes(0, 40)),
    earliest: fc.oneof(fc.constant(-10_000), minutes(0, 2_000)),
    latest: fc.oneof(fc.constant(100_000), minutes(1_000, 5_000)),
  });
};

/** A case at a place and time; everything in epoch seconds. */
export type Clinic = ReturnType<typeof clinicOf>;

const clock = (minutes: number) => {
  const capped = Math.min(minutes, 1_440);
  return `${String(Math.floor(capped / 60)).padStart(2, "0")}:${String(capped % 60).padStart(2, "0")}`;
};

export function clinicOf({ zone, from }: (typeof STRETCHES)[number], one: Case) {
  const firstDay = dayNumber(from);
  const origin = firstDay * DAY;
  const locationIds = ["place-0", "place-1"];
  const interval = ({ from: start, length }: Span): Interval => ({
    start: origin + start * MINUTE,
    end: origin + (start + length) * MINUTE,
  });
  const seconds = (minutes: number) => minutes * MINUTE;
  const shape: VisitShape = {
    visit: seconds(one.visit),
    step: seconds(one.step),
    before: seconds(one.before),
    after: seconds(one.after),
  };
  const doctors = one.doctors.map((doctor, index) => ({
    id: `doctor-${index}`,
    rules: doctor.rules.map(
      ({ day, start, length, place, forService }): WeeklyRule => ({
        locationId: `place-${place}`,
        weekday: weekdayOfDay(firstDay + day),
        start: clock(start),
        end: clock(start + length),
        validFrom: dateOf(firstDay + day),
        validUntil: dateOf(firstDay + day),
        serviceIds: forService === 0 ? ["other"] : forService === 1 ? ["this", "other"] : null,
      }),
    ),
    exceptions: [
      ...doctor.leave.map((leave) => ({
        kind: "leave" as const,
        ...interval(leave),
        locationId: placeOf(leave.place),
      })),
      ...doctor.extra.map((extra) => ({
        kind: "extra" as const,
        ...interval(extra),
        locationId: placeOf(extra.place % 2),
      })),
    ] satisfies ScheduleException[],
    busy: doctor.busy.map(interval),
  }));
  const rooms: RoomsBusy | null = one.rooms
    ? new Map(one.rooms.map((place, index) => [`place-${index}`, place.map((room) => room.map(interval))]))
    : null;
  return {
    zone,
    zoneOf: (locationId: string) => (locationId === "place-0" ? zone : OTHER_ZONE),
    serviceId: "this",
    locationIds,
    range: { start: origin, end: origin + DAYS * DAY },
    rangeAt: new Map([["place-1", { start: origin + 5 * 3_600, end: origin + 50 * 3_600 }]]),
    earliest: origin + seconds(one.earliest),
    latest: origin + seconds(one.latest),
    shape,
    doctors,
    rooms,
  };
}

const placeOf = (place: number) => (place > 1 ? null : `place-${place}`);

const walls = new Map<string, string[]>();
const PAD = 3 * 1_440;

/** What the clock on the wall says at each minute from three days before the range to three after it. */
function wallClock(zone: string, origin: number): string[] {
  const key = `${zone} ${origin}`;
  const known = walls.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: zone });
  const count = DAYS * 1_440 + 2 * PAD;
  const texts = Array.from({ length: count }, (_, minute) => format.format((origin + (minute - PAD) * MINUTE) * 1_000));
  walls.set(key, texts);
  return texts;
}

/** The minute (from the origin) at which a wall time is reached; a gap is reached when it ends. */
function minuteOf(zone: string, origin: number, date: string, time: string, isClose: boolean): number {
  const texts = wallClock(zone, origin);
  const wall = time === "24:00" ? `${dateOf(dayNumber(date) + 1)} 00:00` : `${date} ${time}`;
  const exact = isClose ? texts.lastIndexOf(wall) : texts.indexOf(wall);
  return (exact >= 0 ? exact : texts.findIndex((text) => text > wall)) - PAD;
}

type Piece = { from: number; to: number; place: string };

/** Windows in minutes: rules and extra hours, those of one place that overlap or touch joined, leave taken out minute by minute. */
function pieces(clinic: Clinic, doctor: Clinic["doctors"][number]): Piece[] {
  const origin = clinic.range.start;
  const minute = (instant: number) => (instant - origin) / MINUTE;
  const open: Piece[] = doctor.rules
    .filter(({ serviceIds }) => !serviceIds || serviceIds.includes(clinic.serviceId))
    .map(({ locationId, validFrom, start, end }) => ({
      from: minuteOf(clinic.zoneOf(locationId), origin, validFrom as string, start, false),
      to: minuteOf(clinic.zoneOf(locationId), origin, validFrom as string, end, true),
      place: locationId,
    }));
  for (const { kind, locationId, start, end } of doctor.exceptions) {
    if (kind === "extra" && locationId) open.push({ from: minute(start), to: minute(end), place: locationId });
  }
  const whole = open.filter(({ from, to }) => from < to);
  whole.sort((a, b) => a.from - b.from);
  joinPairs(whole);
  return whole.flatMap((piece) => withoutLeave(piece, doctor.exceptions, minute));
}

/** Joins pieces of one place that overlap or touch until none is left. */
function joinPairs(whole: Piece[]) {
  for (let i = 0; i < whole.length; i++) {
    const a = whole[i] as Piece;
    const j = whole.findIndex((b, index) => index > i && a.place === b.place && a.from <= b.to && b.from <= a.to);
    if (j < 0) continue;
    const [b] = whole.splice(j, 1) as [Piece];
    whole[i] = { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to), place: a.place };
    i--;
  }
}

function withoutLeave(
  { from, to, place }: Piece,
  exceptions: readonly ScheduleException[],
  minute: (at: number) => number,
) {
  const left: Piece[] = [];
  let run: Piece | null = null;
  for (let at = from; at < to; at++) {
    const isAway = exceptions.some(
      ({ kind, locationId, start, end }) =>
        kind === "leave" && (locationId === null || locationId === place) && minute(start) <= at && at < minute(end),
    );
    if (isAway) run = null;
    else if (run) run.to = at + 1;
    else {
      run = { from: at, to: at + 1, place };
      left.push(run);
    }
  }
  return left;
}

/** Minutes that are taken, as a set. */
const minutesOf = (busy: readonly Interval[], origin: number) => {
  const taken = new Set<number>();
  for (const { start, end } of busy) for (let at = start; at < end; at += MINUTE) taken.add((at - origin) / MINUTE);
  return taken;
};

/** Every slot as "start doctor place", in order. */
export function oracleSlots(clinic: Clinic): string[] {
  const { shape, range, earliest, latest } = clinic;
  const [visit, step, before, after] = [shape.visit, shape.step, shape.before, shape.after].map(
    (one) => one / MINUTE,
  ) as [number, number, number, number];
  const rooms =
    clinic.rooms &&
    new Map([...clinic.rooms].map(([id, list]) => [id, list.map((one) => minutesOf(one, range.start))]));
  const slots: { start: number; text: string }[] = [];
  for (const doctor of clinic.doctors) {
    const busy = minutesOf(doctor.busy, range.start);
    for (const { from, to, place } of pieces(clinic, doctor)) {
      for (let at = from; at + visit <= to; at += step) {
        const start = range.start + at * MINUTE;
        const asked = clinic.rangeAt.get(place) ?? range;
        if (start < asked.start || start >= asked.end || start < earliest || start > latest) continue;
        const needed = Array.from({ length: before + visit + after }, (_, minute) => at - before + minute);
        if (needed.some((minute) => busy.has(minute))) continue;
        if (rooms && !(rooms.get(place) ?? []).some((room) => needed.every((minute) => !room.has(minute)))) continue;
        slots.push({ start, text: `${start} ${doctor.id} ${place}` });
      }
    }
  }
  return slots.sort((a, b) => a.start - b.start || (a.text < b.text ? -1 : 1)).map(({ text }) => text);
}
