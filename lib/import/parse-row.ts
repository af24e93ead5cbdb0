import { dayNumber, isDate } from "@/lib/domain/calendar";
import { type Refused, type Result, refuse } from "@/lib/domain/result";
import { instantOf } from "@/lib/domain/zone";
import type { ImportMap } from "./map";

/** One row in our words; instants are epoch seconds. */
export type ImportRow = {
  externalId: string;
  patientExternalId: string;
  location: string;
  requestedAt: number;
  /** The date at the location; with `startsAt` the time is given too. */
  day: string;
  startsAt: number | null;
  outcome: "fulfilled" | "no_show" | "booked";
  givenName: string;
  familyName: string;
  sex: "female" | "male" | "other" | "unknown";
  dateOfBirth: string | null;
};

type Refusal = "invalid_value";
type Field = keyof ImportMap["columns"];

const WALL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Turns the fields of one row into our words, or says which column holds what cannot be read. */
export function rowReader(header: string[], map: ImportMap): (fields: string[]) => Result<ImportRow, Refusal> {
  const at = Object.fromEntries(
    Object.entries(map.columns).map(([field, name]) => [field, name === undefined ? -1 : header.indexOf(name)]),
  ) as Partial<Record<Field, number>>;

  return (fields) => {
    const value = (field: Field) => fields[at[field] ?? -1]?.trim() ?? "";
    const wrong = (field: Field, what: string): Refused<Refusal> =>
      refuse("invalid_value", { detail: `${map.columns[field]}: ${what}` });
    for (const field of Object.keys(map.columns) as Field[]) {
      if (value(field).includes("\0") || value(field).length > 500)
        return wrong(field, "is not a text that can be kept");
    }
    for (const field of ["externalId", "patientId", "location", "requestedAt"] as const) {
      if (value(field) === "") return wrong(field, "is empty");
    }
    const requestedAt = instantIn(value("requestedAt"), map.timeZone);
    if (requestedAt === null) return wrong("requestedAt", "is not a date and time that exists");
    const when = whenOf(value, map);
    if (!when) return wrong(map.placement === "first-free" ? "day" : "startsAt", "is not a date that exists");
    const outcome = map.columns.outcome ? map.values.outcome[value("outcome")] : "booked";
    if (!outcome) return wrong("outcome", `"${value("outcome")}" is not in the map's values`);
    const sex = map.columns.sex ? map.values.sex[value("sex")] : "unknown";
    if (!sex) return wrong("sex", `"${value("sex")}" is not in the map's values`);
    const dateOfBirth = value("dateOfBirth") || null;
    if (dateOfBirth && !isDate(dateOfBirth)) return wrong("dateOfBirth", "is not a date that exists");
    return {
      ok: true,
      value: {
        ...when,
        externalId: `${map.source}:${value("externalId")}`,
        patientExternalId: `${map.source}:${value("patientId")}`,
        location: value("location"),
        requestedAt,
        outcome,
        givenName: value("givenName") || "Patient",
        familyName: value("familyName") || value("patientId"),
        sex,
        dateOfBirth,
      },
    };
  };
}

function whenOf(value: (field: Field) => string, map: ImportMap): Pick<ImportRow, "day" | "startsAt"> | null {
  if (map.placement === "first-free") return isDate(value("day")) ? { day: value("day"), startsAt: null } : null;
  const startsAt = instantIn(value("startsAt"), map.timeZone);
  // The date is only for keeping rows of one day in order.
  return startsAt === null ? null : { day: new Date(startsAt * 1_000).toISOString().slice(0, 10), startsAt };
}

/** Epoch seconds of "2016-04-29 18:38:08" on the wall of `zone`, or of an instant with an offset; null for what does not exist. */
export function instantIn(text: string, zone: string): number | null {
  const [, date, hours, minutes, seconds = "00", offset] = WALL.exec(text) ?? [];
  if (!date || !isDate(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const ofDay = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  if (!offset) return instantOf(zone, dayNumber(date), ofDay, "opens");
  const instant = Date.parse(text.replace(" ", "T"));
  return Number.isNaN(instant) ? null : Math.floor(instant / 1_000);
}
