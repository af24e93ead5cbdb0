import { type AbstractIntlMessages, createTranslator } from "next-intl";
import { formatDay, formatShortDay, formatTime, zoneName } from "@/lib/format/dates";
import { defaultLocale, isLocale, type Locale, messagesOf } from "@/lib/platform/messages";

/** By the words that they speak, which are read once in production and anew while developing. */
const made = new WeakMap<AbstractIntlMessages, Map<string, Speech>>();

/** Words and formats of one reader, without a request to take them from. */
export function speech(wanted: string, timeZone: string): Speech {
  const locale = isLocale(wanted) ? wanted : defaultLocale;
  const messages = messagesOf(locale);
  const known = made.get(messages) ?? new Map<string, Speech>();
  made.set(messages, known);
  const spoken = known.get(timeZone) ?? makeSpeech(locale, timeZone, messages);
  known.set(timeZone, spoken);
  return spoken;
}

function makeSpeech(locale: Locale, timeZone: string, messages: AbstractIntlMessages) {
  const options = { locale, timeZone };
  const onError = (error: Error) => {
    throw error;
  };
  const translate = createTranslator({ ...options, onError, messages, namespace: "notifications" });
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

export type Speech = ReturnType<typeof makeSpeech>;
