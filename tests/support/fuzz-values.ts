// What fuzzed requests are made of, and the chance that chooses among it.

/** mulberry32: small, and good enough to choose by. */
export function random(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number) => Math.floor(next() * most);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const chance = (share: number) => next() < share;
  const hex = (length: number) => Array.from({ length }, () => below(16).toString(16)).join("");
  const uuid = () => `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  return { below, pick, chance, uuid };
}
export type Random = ReturnType<typeof random>;

export const HOSTILE_TEXT = [
  ...[
    "",
    " ",
    "\t\n",
    "null",
    "undefined",
    "true",
    "-1",
    "NaN",
    "1e999",
    "0x10",
    "'",
    '"',
    "\\",
    "`",
    "%",
    "%00",
    "%s%n",
    "_",
  ],
  ...[
    "' or 1=1 --",
    "'; drop table patients; --",
    "<script>alert(1)</script>",
    "$" + "{7*7}",
    "{{7*7}}",
    "../../etc/passwd",
    "\r\nX: y",
  ],
  ...[
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\udfff\ud800",
    "\uffff",
    "\u202eabc",
    "e\u0301",
    "ﷺ",
    "👩‍👩‍👧‍👦",
    "Ｉ",
    "ß",
    "İ",
    "\u200b",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "*",
    "(",
    "[",
    "a".repeat(300),
    "é".repeat(5_000),
    "0".repeat(40),
    "9".repeat(400),
  ],
  ...[
    "00000000-0000-0000-0000-000000000000",
    "2024-02-30",
    "0000-01-01",
    "9999-12-31",
    "-000001-01-01",
    "+275760-09-13",
  ],
  ...[
    "2031-01-06T09:00:00Z",
    "2031-01-06T09:00:00.5Z",
    "2031-01-06T24:00:00Z",
    "2031-01-06T09:00:00+14:00",
    "9999-12-31T23:59:59Z",
  ],
  ...[
    "0001-01-01T00:00:00Z",
    "Infinity",
    "America/New_York",
    "Mars/Phobos",
    "a@b.c",
    "@",
    'W/"1"',
    "RRULE:FREQ=SECONDLY",
  ],
];
export const HOSTILE_VALUES = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    -1,
    1.5,
    1e21,
    1e308,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    0.1,
    [],
    {},
    [[]],
    [null],
    { a: { b: 1 } },
  ],
  ...[["x"], { length: 1 }, { __proto__x: 1 }, Array.from({ length: 500 }, () => 0)],
];
export const BROKEN_JSON = [
  ...[
    "{",
    "}",
    "[",
    '{"a":}',
    "{'a':1}",
    "{broken",
    "nul",
    "",
    " ",
    "\u0000",
    "1",
    '"x"',
    "[]",
    "null",
    "true",
    "NaN",
    '{"a":1}{"b":2}',
  ],
  ...[
    '{"a":1,}',
    '{"__proto__":{"x":1}}',
    `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
    `{"a":${"1".repeat(400)}}`,
    '{"a":1e999}',
    "\ufeff{}",
  ],
];
export const VALID_TEXT: Record<string, (r: Random) => string> = {
  date: (r) =>
    r.pick([
      "2031-01-06",
      "2024-02-29",
      "1990-05-05",
      "2026-11-26",
      new Date(Date.now() + r.below(40) * 86_400_000).toISOString().slice(0, 10),
    ]),
  "date-time": (r) =>
    r.pick([
      "2031-01-06T09:00:00Z",
      `${new Date(Date.now() + (1 + r.below(60)) * 86_400_000).toISOString().slice(0, 10)}T${r.pick(["09:00", "09:30", "14:00", "03:00"])}:00Z`,
    ]),
  email: (r) => r.pick([`f${r.below(1e6)}@x.test`, "patient@x.test"]),
};
export const WORDS = [
  "Ana",
  "room 1",
  "UTC",
  "Europe/London",
  "en",
  "09:00",
  "17:00",
  "24:00",
  "+442079460958",
  "booked",
  "a note",
  "RRULE:FREQ=DAILY;COUNT=2",
  "PT1H",
];
