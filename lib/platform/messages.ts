import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { AbstractIntlMessages } from "next-intl";

/** Languages the product speaks; a folder of the same name under `messages/` holds each one. */
export const locales = ["en"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "en";
export const localeCookie = "locale";

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

const rightToLeft = new Set(["ar", "fa", "he", "ur"]);

/** Text direction of a locale, for `<html dir>`. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return rightToLeft.has(locale.split("-")[0] ?? "") ? "rtl" : "ltr";
}

const folder = path.join(process.cwd(), "messages");
const loaded = new Map<Locale, AbstractIntlMessages>();

/**
 * All messages of a locale, one namespace per file: `messages/en/booking.json` is read as `booking`.
 * Read once in production; the web and the worker share it.
 */
export function messagesOf(locale: Locale): AbstractIntlMessages {
  const known = loaded.get(locale);
  if (known) return known;
  const messages: AbstractIntlMessages = {};
  for (const file of readdirSync(path.join(folder, locale))) {
    if (!file.endsWith(".json")) continue;
    messages[file.slice(0, -".json".length)] = JSON.parse(readFileSync(path.join(folder, locale, file), "utf8"));
  }
  // biome-ignore lint/style/noProcessEnv: build-time constant; while developing, files are read anew so that edits show.
  if (process.env.NODE_ENV === "production") loaded.set(locale, messages);
  return messages;
}

/** The best language for an Accept-Language header (RFC 9110, 12.5.4). */
export function negotiateLocale(header: string | null): Locale {
  const wishes = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { tag: tag.toLowerCase(), quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter((wish) => wish.tag !== "" && wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wishes) {
    const match = locales.find((locale) => tag === locale || tag.startsWith(`${locale}-`));
    if (match) return match;
  }
  return defaultLocale;
}
