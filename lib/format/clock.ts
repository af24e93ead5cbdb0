// Weekdays and stretches of dates.

const cache = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let known = cache.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, options);
    cache.set(key, known);
  }
  return known;
}

/** ISO weekday, 1 to 7, in words: "Monday". */
export const weekdayName = (weekday: number, locale: string, width: "long" | "short" = "long") =>
  format(locale, { weekday: width, timeZone: "UTC" }).format(Date.UTC(2024, 0, weekday));

const noon = (date: string) => new Date(`${date}T12:00:00Z`);

/** Two calendar dates as one stretch: "23 November – 6 December 2026". Versions of Intl differ in their spaces; server and browser must not. */
export const localDateRange = (from: string, to: string, locale: string) =>
  format(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
    .formatRange(noon(from), noon(to))
    .replace(/\s+/gu, " ");
