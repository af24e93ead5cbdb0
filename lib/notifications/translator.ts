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
  return {
    locale,
    t,
    /** "Wednesday 6 August 2027" */
    date: (at: Date) => formatDay(at, timeZone, locale),
    /** "Wed 6 August" */
    shortDate: (at: Date) => formatShortDay(at, timeZone, locale),
    /** "5.30pm" */
    time: (at: Date) => formatTime(at, timeZone, locale),
    /** "Eastern Time": the clock of the place, whatever the reader's own says. */
    zone: (at: Date) => zoneName(timeZone, at, locale),
  };
}

export type Speech = ReturnType<typeof speech>;
