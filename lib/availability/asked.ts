import { dayNumber, isDate } from "@/lib/domain/calendar";
import { DAY } from "@/lib/domain/interval";
import { ok, type Result } from "@/lib/domain/result";
import { invalid } from "@/lib/platform/refusals";
import type { Asked } from "./find-free-slots";
import { MAX_SEARCH_DAYS } from "./schemas";

/** Reads `from` and `to` of a search: two dates, or two instants. */
export function readAsked(from: string, to: string): Result<Asked, "validation_failed"> {
  if (isDate(from) !== isDate(to)) return invalid("to", "must be a date where from is one, else an instant");
  if (isDate(from)) {
    const days = dayNumber(to) - dayNumber(from) + 1;
    if (days < 1) return invalid("to", "must not be before from");
    if (days > MAX_SEARCH_DAYS) return invalid("to", `must be within ${MAX_SEARCH_DAYS} days of from`);
    return ok({ from, to });
  }
  // Slots start at whole seconds: [a, b) holds the same ones as [ceil a, ceil b).
  const [start, end] = [from, to].map((text) => Math.ceil(Date.parse(text) / 1_000)) as [number, number];
  if (end <= start) return invalid("to", "must be after from");
  if (end - start > MAX_SEARCH_DAYS * DAY) return invalid("to", `must be within ${MAX_SEARCH_DAYS} days of from`);
  return ok({ start, end });
}
