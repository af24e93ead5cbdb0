// GSM 03.38: what a short message holds at seven bits a character; one character outside makes it all sixteen.
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = new Set("^{}\\[~]|€");
const SEVEN_BIT = new Set([...BASIC, ...EXTENDED]);

/** Typographic characters that would double a message's price, and their plain twins. */
const PLAIN: ReadonlyArray<[RegExp, string]> = [
  [/[\u00a0\u2009\u202f]/g, " "],
  [/[\u2018\u2019]/g, "'"],
  [/[\u201c\u201d]/g, '"'],
  [/[\u2010-\u2015]/g, "-"],
  [/\u2026/g, "..."],
];

export const toPlain = (text: string) => PLAIN.reduce((plain, [pattern, twin]) => plain.replace(pattern, twin), text);

/** Whether it fits the seven-bit alphabet. */
export const isGsm = (text: string) => [...text].every((char) => SEVEN_BIT.has(char));

/** How many parts a phone network makes of it. */
export function smsSegments(text: string): number {
  const isSevenBit = isGsm(text);
  const units = isSevenBit ? [...text].reduce((sum, char) => sum + (EXTENDED.has(char) ? 2 : 1), 0) : text.length;
  const [single, part] = isSevenBit ? [160, 153] : [70, 67];
  return units <= single ? 1 : Math.ceil(units / part);
}

/** The message with as much of `place` as two parts hold; the rest of it is never cut. */
export function fitSms(write: (place: string) => string, place: string): string {
  const characters = [...toPlain(place)];
  for (let length = characters.length; ; length--) {
    const text = toPlain(write(characters.slice(0, length).join("").trim()));
    if (length === 0 || smsSegments(text) <= 2) return text;
  }
}
