import { speech } from "../translator";
import type { Values } from "./text-kinds";

/** No more of a place's name counts: what is longer is cut where a message is made. */
const PLACE_CHARACTERS = 30;
/** E.164 has at most 15 digits, spaced in threes. */
const PHONE = "+999 999 999 999 999";

type Known = { locale: string; appUrl: string; clinic: string; places: readonly string[] };

/** The longest that each placeholder of a short message becomes here, once for every place, as one letter may change the alphabet. */
export function longestValues({ locale, appUrl, clinic, places }: Known): Values[] {
  const link = `${appUrl}/visits?offer=${"0".repeat(36)}`;
  const rest = { when: longestWhen(locale), clinic, phone: PHONE, link };
  const names = places.length > 0 ? places : [""];
  return names.map((place) => ({ ...rest, place: [...place].slice(0, PLACE_CHARACTERS).join("") }));
}

const whens = new Map<string, string>();

/** All weekdays and months, at the hours whose words differ. */
function longestWhen(locale: string): string {
  const known = whens.get(locale);
  if (known) return known;
  const { when } = speech(locale, "UTC");
  const all = Array.from({ length: 84 }, (_, index) => Math.floor(index / 7))
    .map((month, index) => ({ month, day: 22 + (index % 7) }))
    .flatMap(({ month, day }) => [0, 10, 12, 22].map((hour) => Date.UTC(2027, month, day, hour, hour % 12 ? 45 : 0)))
    .map((at) => when(new Date(at)));
  const longest = all.reduce((long, text) => (text.length > long.length ? text : long), "");
  whens.set(locale, longest);
  return longest;
}
