import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { MAX_SERIES } from "./schemas";

const DTSTART = /^DTSTART(?:;TZID=([^:;]+))?(?:;VALUE=DATE-TIME)?:(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z)?$/i;
/** Visits by the second are no series; these would only be work. */
const FREQUENCIES = /FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)/i;

type Starts = { ok: true; starts: Date[] } | { ok: false; message: string };
const wrong = (message: string): Starts => ({ ok: false, message });

/**
 * The starts of a recurrence (RFC 5545: a DTSTART line and an RRULE line). A wall time without a zone is `timeZone`'s, and keeps its hour
 * across clock changes. The rule must end, by COUNT or UNTIL, within `MAX_SERIES` visits.
 */
export function recurringStarts(rrule: string, timeZone: string): Starts {
  const lines = rrule.split(/\s+|\\n/).filter(Boolean);
  const first = lines.find((line) => /^DTSTART/i.test(line));
  const rule = lines.find((line) => /^RRULE:|^FREQ=/i.test(line))?.replace(/^RRULE:/i, "");
  if (lines.length !== 2 || !first || !rule) return wrong("must be a DTSTART line and an RRULE line");
  if (!FREQUENCIES.test(rule)) return wrong("must come back daily, weekly, monthly or yearly");
  if (!/(COUNT|UNTIL)=/i.test(rule)) return wrong("must end, by COUNT or UNTIL");
  const dtstart = zoned(first, timeZone);
  if (!dtstart) return wrong("has a DTSTART that is no date and time in a known zone");
  try {
    const found = new RRuleTemporal({ rruleString: rule, dtstart, maxIterations: 5_000 }).all(
      (_, index) => index <= MAX_SERIES,
    );
    if (found.length === 0) return wrong("has no date");
    if (found.length > MAX_SERIES) return wrong(`has more than ${MAX_SERIES} dates`);
    return { ok: true, starts: found.map((at) => new Date(at.epochMilliseconds)) };
  } catch {
    return wrong("is not a recurrence rule (RFC 5545)");
  }
}

function zoned(line: string, timeZone: string): Temporal.ZonedDateTime | null {
  const [, tzid, year, month, day, hour, minute, second, utc] = DTSTART.exec(line) ?? [];
  if (!year) return null;
  try {
    const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    return Temporal.PlainDateTime.from(wall, { overflow: "reject" }).toZonedDateTime(utc ? "UTC" : (tzid ?? timeZone));
  } catch {
    return null;
  }
}
