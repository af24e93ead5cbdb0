import { isDate, type LocalDate } from "@/lib/domain/calendar";
import { FEWEST_DIGITS } from "@/lib/protection/blind-index";

/** What a search box was given, told apart. All parts have to fit; `digits`, `record` and `maybeDates` are ways to read one number. */
export type SearchTerms = {
  /** Beginnings of parts of a name, in any order, lower case; letters, digits, hyphens and apostrophes only. */
  words: string[];
  dates: LocalDate[] | null;
  digits: string | null;
  /** What a telephone number may end with: the digits as they were written, and without the zeros of a call within the country. */
  ends: string[];
  record: string | null;
  maybeDates: LocalDate[];
  mail: string | null;
};

const MAX_WORDS = 4;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const SEPARATOR = "[-/.]";
const ISO = new RegExp(`(?<!\\d)(\\d{4})${SEPARATOR}(\\d{1,2})${SEPARATOR}(\\d{1,2})(?!\\d)`);
const NUMERIC = new RegExp(`(?<!\\d)(\\d{1,2})${SEPARATOR}(\\d{1,2})${SEPARATOR}(\\d{4}|\\d{2})(?!\\d)`);
const MONTH = `(${MONTHS.join("|")})[a-z]*\\.?`;
const DAY_MONTH = new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?\\.?[ -]+${MONTH}[ ,-]+(\\d{4}|\\d{2})(?!\\d)`);
const MONTH_DAY = new RegExp(`\\b${MONTH} +(\\d{1,2})(?:st|nd|rd|th)?,? +(\\d{4})(?!\\d)`);
const RECORD = /\bp-?(\d{1,9})\b/;
const MAIL = /\S*@\S*/;
/** Begins with a letter or a digit, and has a letter: "o'brien", "mary-jane", "4th". */
const WORD = /(?=[\p{N}'’-]*\p{L})[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;
const NUMBER = /\+?\d[\d\s()./-]*/g;

const pad = (part: string | number) => String(part).padStart(2, "0");
const real = (year: string | number, month: string | number, day: string | number): LocalDate[] => {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  return isDate(date) ? [date] : [];
};

/** "84" may be 1984 or, once that has come, 2084; a person's year of birth is never ahead. */
const years = (year: string, today: LocalDate): string[] =>
  year.length === 4 ? [year] : [`19${year}`, `20${year}`].filter((full) => full <= today.slice(0, 4));

/** Every date that the text may mean: 03/04/1984 is read both ways. */
function datesIn(text: string, today: LocalDate): { dates: LocalDate[]; matched: string } | null {
  const found = (match: RegExpExecArray, dates: LocalDate[]) => ({ dates: [...new Set(dates)], matched: match[0] });
  const iso = ISO.exec(text);
  if (iso) return found(iso, real(iso[1] ?? "", iso[2] ?? "", iso[3] ?? ""));
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [, a = "", b = "", year = ""] = numeric;
    const both = years(year, today).flatMap((full) => [...real(full, b, a), ...real(full, a, b)]);
    return found(numeric, both);
  }
  const monthOf = (name = "") => MONTHS.indexOf(name) + 1;
  const dayFirst = DAY_MONTH.exec(text);
  if (dayFirst) {
    const [, day = "", month, year = ""] = dayFirst;
    return found(
      dayFirst,
      years(year, today).flatMap((full) => real(full, monthOf(month), day)),
    );
  }
  const monthFirst = MONTH_DAY.exec(text);
  return monthFirst && found(monthFirst, real(monthFirst[3] ?? "", monthOf(monthFirst[1]), monthFirst[2] ?? ""));
}

/** Eight digits in a row: 19840309, 09031984, 03091984. */
function datesOfDigits(digits: string): LocalDate[] {
  if (digits.length !== 8) return [];
  const at = (from: number, to: number) => digits.slice(from, to);
  return [
    ...new Set([
      ...real(at(0, 4), at(4, 6), at(6, 8)),
      ...real(at(4, 8), at(2, 4), at(0, 2)),
      ...real(at(4, 8), at(0, 2), at(2, 4)),
    ]),
  ];
}

const recordNumber = (digits: string) => `P-${digits.replace(/^0+/, "").padStart(6, "0")}`;
/** Text as a pattern of LIKE that means only itself. */
export const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Reads a search as people type it; null where nothing in it can be searched for. `today` bounds two-digit years. */
export function searchTerms(query: string, today: LocalDate): SearchTerms | null {
  let rest = query.normalize("NFC").toLowerCase().replaceAll("(0)", "");
  const take = (match: string | undefined) => {
    if (match) rest = rest.replace(match, " ");
    return match;
  };
  const mail = take(MAIL.exec(rest)?.[0]);
  const record = RECORD.exec(rest);
  take(record?.[0]);
  const date = datesIn(rest, today);
  take(date?.matched);

  const words = (rest.match(WORD) ?? []).slice(0, MAX_WORDS);
  const number = (rest.replace(WORD, " ").match(NUMBER) ?? []).join("").replace(/\D/g, "");
  const digits = number.replace(/^0+/, "");
  const isNumber = number !== "" && number.length <= 9;
  const terms: SearchTerms = {
    words,
    dates: date?.dates ?? null,
    digits: digits.length >= FEWEST_DIGITS ? digits : null,
    ends: [...new Set([digits, number])].filter((end) => end.length >= FEWEST_DIGITS),
    record: record?.[1] ? recordNumber(record[1]) : isNumber ? recordNumber(number) : null,
    maybeDates: datesOfDigits(number),
    mail: mail ?? null,
  };
  const empty = words.length === 0 && !terms.dates && !terms.digits && !terms.record && !terms.mail;
  return empty ? null : terms;
}
