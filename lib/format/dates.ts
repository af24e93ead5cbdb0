// Dates and times as people write them; Intl by locale, with English in the words of the NHS style guide. Safe in server and browser.

const DAY_MS = 86_400_000;
const cache = new Map<string, Intl.DateTimeFormat>();

/** Building a format costs a hundred times its use. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let known = cache.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, options);
    cache.set(key, known);
  }
  return known;
}

const isEnglish = (locale: string) => locale === "en" || locale.startsWith("en-");
/** Versions of Intl differ in the comma after the weekday; server and browser must not. */
const plain = (text: string, locale: string) => (isEnglish(locale) ? text.replace(",", "") : text);

const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;

/** "Wednesday 6 August 2027", by the clock of `timeZone`. */
export const formatDay = (at: Date | string, timeZone: string, locale: string) =>
  plain(format(locale, { ...LONG, timeZone }).format(new Date(at)), locale);

/** "Fri 6 August", by the clock of `timeZone`. */
export const formatShortDay = (at: Date | string, timeZone: string, locale: string) =>
  plain(format(locale, { weekday: "short", day: "numeric", month: "long", timeZone }).format(new Date(at)), locale);

/** "6 August 2027" of an instant. */
export const formatDate = (at: Date | string, timeZone: string, locale: string) =>
  plain(format(locale, { day: "numeric", month: "long", year: "numeric", timeZone }).format(new Date(at)), locale);

const atNoon = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS / 2);

type DateStyle = "day" | "date" | "short" | "weekday" | "number" | "month";
const STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: LONG,
  date: { day: "numeric", month: "long", year: "numeric" },
  short: { weekday: "short", day: "numeric", month: "long" },
  weekday: { weekday: "short" },
  number: { day: "numeric" },
  month: { month: "long", year: "numeric" },
};

/**
 * A calendar date without a place ("2027-08-06"). `day`: "Friday 6 August 2027"; `date`: "6 August 2027"; `short`: "Fri 6 August"; `weekday`:
 * "Fri"; `number`: "6"; `month`: "August 2027".
 */
export const formatLocalDate = (date: string, locale: string, style: DateStyle = "day") =>
  plain(format(locale, { ...STYLES[style], timeZone: "UTC" }).format(atNoon(date)), locale);

/** The months in which two calendar dates lie: "August 2027", "August – September 2027". Versions of Intl differ in their spaces. */
export const formatMonths = (from: string, to: string, locale: string) =>
  format(locale, { ...STYLES.month, timeZone: "UTC" })
    .formatRange(atNoon(from), atNoon(to))
    .replace(/\s+/gu, " ");

/** "August 2027" of an instant. */
export const formatMonth = (at: Date | string, timeZone: string, locale: string) =>
  format(locale, { month: "long", year: "numeric", timeZone }).format(new Date(at));

function clock(at: Date, timeZone: string): { hour: number; minute: number } {
  const parts = format("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).formatToParts(at);
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return { hour: number("hour"), minute: number("minute") };
}

/** The hour on the wall, 0 to 23. */
export const hourAt = (at: Date | string, timeZone: string) => clock(new Date(at), timeZone).hour;

/** "5.30pm", "9am", "midday", "midnight" in English; the locale's own way elsewhere. */
export function formatTime(at: Date | string, timeZone: string, locale: string): string {
  const instant = new Date(at);
  if (!isEnglish(locale)) return format(locale, { hour: "numeric", minute: "2-digit", timeZone }).format(instant);
  const { hour, minute } = clock(instant, timeZone);
  if (minute === 0 && hour === 12) return "midday";
  if (minute === 0 && hour === 0) return "midnight";
  const minutes = minute === 0 ? "" : `.${String(minute).padStart(2, "0")}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}

/** "9am to 9.30am". */
export function formatTimeRange(start: Date | string, end: Date | string, timeZone: string, locale: string): string {
  if (isEnglish(locale)) return `${formatTime(start, timeZone, locale)} to ${formatTime(end, timeZone, locale)}`;
  const times = format(locale, { hour: "numeric", minute: "2-digit", timeZone });
  return times.formatRange(new Date(start), new Date(end));
}

function nameOfZone(timeZone: string, at: Date | string, locale: string, timeZoneName: "longGeneric" | "short") {
  const parts = format(locale, { timeZone, timeZoneName }).formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** "Eastern Time". Name it on the server: browsers know zones by other names. */
export const zoneName = (timeZone: string, at: Date | string, locale: string) =>
  nameOfZone(timeZone, at, locale, "longGeneric");

/** "EST", "GMT+11" at that instant. Name it on the server, too. */
export const shortZoneName = (timeZone: string, at: Date | string, locale: string) =>
  nameOfZone(timeZone, at, locale, "short");

/** Whether two zones show the same wall time at an instant. */
export const sameClock = (at: Date | string, one: string, other: string) =>
  one === other || stamp(at, one) === stamp(at, other);

const stamp = (at: Date | string, timeZone: string) =>
  format("en", { dateStyle: "short", timeStyle: "short", timeZone }).format(new Date(at));
