import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { isLocale, localeCookie, messagesOf, negotiateLocale } from "./messages";

/** The request's language: asked for by the caller, else the cookie (set from the account at sign-in), else the browser's wish. */
export default getRequestConfig(async ({ locale: asked }) => {
  const chosen = asked ?? (await cookies()).get(localeCookie)?.value;
  const locale = isLocale(chosen) ? chosen : negotiateLocale((await headers()).get("accept-language"));
  return {
    locale,
    messages: messagesOf(locale),
    // Wall times always carry their location's zone; this one only keeps server and browser alike where none is given.
    timeZone: "UTC",
  };
});
