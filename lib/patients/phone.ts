import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";

/**
 * A telephone number in E.164, or null where the text is none. Without a country code it is read as a number of `country`
 * (ISO 3166); where that is not known either, it can't be told whose number it is.
 */
export function normalizePhone(text: string, country: string | null): string | null {
  const home = country !== null && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const number = parsePhoneNumberFromString(text, home);
  return number?.isPossible() ? number.number : null;
}
