import { isDate } from "@/lib/domain/calendar";

/** A free time that can be chosen, with the names that stand on it. Instants are ISO 8601 with Z. */
export type PickSlot = {
  start: string;
  end: string;
  timeZone: string;
  doctor: { id: string; name: string };
  location: { id: string; name: string };
};

/** One strip of days with the times of one of them. Dates are those of the place where the visit would be. */
export type TimesView = {
  days: { date: string; count: number }[];
  day: string | null;
  slots: PickSlot[];
  /** First dates of the strips before and after; null where there are none. */
  earlier: string | null;
  later: string | null;
  /** Where this strip is empty: the date of the next free time. */
  next: string | null;
  /** What the zones of the times are called, by IANA name. */
  zones: Record<string, string>;
};

/** What has been answered so far; it lives in the address and nowhere else. */
export type FindQuery = {
  kind?: "new" | "returning";
  service?: string;
  for?: string;
  /** A location, or `any`. */
  place?: string;
  doctor?: string;
  from?: string;
  day?: string;
  /** The chosen time, see `slotToken`. */
  slot?: string;
};

type Raw = Record<string, string | string[] | undefined>;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isId = (text: string | undefined): text is string => text !== undefined && UUID.test(text);

/** Reads the answers; what does not fit counts as not answered. */
export function readFindQuery(raw: Raw): FindQuery {
  const one = (name: string) => {
    const value = raw[name];
    return (Array.isArray(value) ? value[0] : value) || undefined;
  };
  const id = (name: string) => (isId(one(name)) ? one(name) : undefined);
  const date = (name: string) => (isDate(one(name) ?? "") ? one(name) : undefined);
  const kind = one("kind");
  return {
    kind: kind === "new" || kind === "returning" ? kind : undefined,
    service: id("service"),
    for: id("for"),
    place: one("place") === "any" ? "any" : id("place"),
    doctor: id("doctor"),
    from: date("from"),
    day: date("day"),
    slot: readSlotToken(one("slot")) ? one("slot") : undefined,
  };
}

const ORDER = ["kind", "service", "for", "place", "doctor", "from", "day", "slot"] as const;

/** The address of a step, with the answers so far; `undefined` in `changes` takes one back. */
export function findHref(path: string, query: FindQuery, changes: Partial<FindQuery> = {}): string {
  const all = { ...query, ...changes };
  const pairs = ORDER.flatMap((name) => (all[name] ? [[name, all[name]] as [string, string]] : []));
  const search = new URLSearchParams(pairs).toString();
  return search ? `${path}?${search}` : path;
}

export type ChosenSlot = { start: string; doctorId: string; locationId: string };

/** A time as one word for forms and addresses: `2027-01-05T09:00:00.000Z~doctor~location`. */
export const slotToken = (slot: { start: string; doctor: { id: string }; location: { id: string } }) =>
  `${slot.start}~${slot.doctor.id}~${slot.location.id}`;

export function readSlotToken(token: string | undefined): ChosenSlot | null {
  const [start, doctorId, locationId, ...more] = (token ?? "").split("~");
  if (!start || !isId(doctorId) || !isId(locationId) || more.length > 0) return null;
  const at = new Date(start);
  return Number.isNaN(at.getTime()) || at.toISOString() !== start ? null : { start, doctorId, locationId };
}
