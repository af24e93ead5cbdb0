import { createTranslator } from "next-intl";
import { formatDay, formatShortDay, formatTime, zoneName } from "@/lib/format/dates";
import { defaultLocale, isLocale, messagesOf } from "@/lib/platform/messages";

/** Words and formats of one reader, without a request to take them from. */
export function speech(wanted: string, timeZone: string) {
  const locale = isLocale(wanted) ? wanted : defaultLocale;
  const options = { locale, timeZone };
  const onError = (error: Error) => {
    throw error;
  };
  const translate = createTranslator({ ...options, onError, messages: messagesOf(locale), namespace: "notifications" });
  const t = translate as (key: string, values?: Record<string, string>) => string;
  const shortDate = (at: Date) => formatShortDay(at, timeZone, locale);
  const time = (at: Date) => formatTime(at, timeZone, locale);
  return {
    locale,
    t,
    /** The words as they are written, with their placeholders. */
    raw: (key: string): string => translate.raw(key as never),
    /** "Wednesday 6 August 2027" */
    date: (at: Date) => formatDay(at, timeZone, locale),
    /** "Wed 6 August" */
    shortDate,
    /** "5.30pm" */
    time,
    /** "Wed 6 August, 5.30pm" */
    when: (at: Date) => `${shortDate(at)}, ${time(at)}`,
    /** "Eastern Time": the clock of the place, whatever the reader's own says. */
    zone: (at: Date) => zoneName(timeZone, at, locale),
  };
}

export type Speech = ReturnType<typeof speech>;
