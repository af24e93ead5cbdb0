import { createFormatter, createTranslator } from "next-intl";
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
  const format = createFormatter(options);
  return {
    locale,
    t,
    /** "Wednesday, August 6, 2027" */
    date: (at: Date) => format.dateTime(at, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    shortDate: (at: Date) => format.dateTime(at, { weekday: "short", day: "numeric", month: "short" }),
    /** "5:30 PM" */
    time: (at: Date) => format.dateTime(at, { hour: "numeric", minute: "2-digit" }),
    /** "Eastern Time": the clock of the place, whatever the reader's own says. */
    zone: (at: Date) => {
      const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "longGeneric" }).formatToParts(at);
      return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
    },
  };
}

export type Speech = ReturnType<typeof speech>;
