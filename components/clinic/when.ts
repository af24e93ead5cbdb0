import { formatTime } from "@/lib/format/dates";

const days = new Map<string, Intl.DateTimeFormat>();

/** "Fri 6 Aug 2027" by the clock of `timeZone`: as short as a row of a table needs. */
export function shortDay(at: Date | string, timeZone: string, locale: string): string {
  const key = `${locale} ${timeZone}`;
  let format = days.get(key);
  if (!format) {
    const options = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone } as const;
    format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, options);
    days.set(key, format);
  }
  // Versions of Intl differ in the comma after the weekday; server and browser must not.
  return format.format(new Date(at)).replace(",", "");
}

/** "Fri 6 Aug 2027, 5.30pm". */
export const shortWhen = (at: Date | string, timeZone: string, locale: string) =>
  `${shortDay(at, timeZone, locale)}, ${formatTime(at, timeZone, locale)}`;
