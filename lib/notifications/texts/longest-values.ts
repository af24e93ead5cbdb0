import { speech } from "../translator";
import type { Values } from "./text-kinds";

const ID = "0".repeat(36);

/** No more of a place's name counts: what is longer is cut where a message is made. */
const PLACE_CHARACTERS = 30;
/** E.164 has at most 15 digits, spaced in threes. */
const PHONE = "+999 999 999 999 999";

/** Where a link says more than which visit it is. */
const LONGEST_PATHS: Readonly<Record<string, string>> = {
  "appointment.next_visit_due": `/find?service=${ID}&for=${ID}&doctor=${ID}&from=2030-01-01`,
  "appointment.recall_due": `/find?service=${ID}&for=${ID}`,
};

type Known = { kind: string; locale: string; appUrl: string; clinic: string; places: readonly string[] };

/** The longest that each placeholder of a short message becomes here, once for every place, as one letter may change the alphabet. */
export function longestValues({ kind, locale, appUrl, clinic, places }: Known): Values[] {
  const link = `${appUrl}${LONGEST_PATHS[kind] ?? `/visits?offer=${ID}`}`;
  const rest = { when: longestWhen(locale), clinic, phone: PHONE, link, stop: `${appUrl}/a/${"0".repeat(22)}` };
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
