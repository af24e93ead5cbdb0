import { expect, it } from "vitest";
import { normalizePhone } from "./phone";
import { searchTerms } from "./search-terms";

const terms = (query: string) => searchTerms(query, "2026-03-02");

it("takes names as beginnings of words in any order", () => {
  expect(terms("  O'Brien, MARY-jane ")?.words).toEqual(["o'brien", "mary-jane"]);
  expect(terms("García")?.words).toEqual(["garcía"]);
});

it.each([
  ["1984-03-09", ["1984-03-09"]],
  ["1984/3/9", ["1984-03-09"]],
  ["25.12.1984", ["1984-12-25"]],
  ["03/09/1984", ["1984-09-03", "1984-03-09"]],
  ["9/3/84", ["1984-03-09", "1984-09-03"]],
  ["1.1.24", ["1924-01-01", "2024-01-01"]],
  ["9 Mar 1984", ["1984-03-09"]],
  ["9th march, 1984", ["1984-03-09"]],
  ["March 9, 1984", ["1984-03-09"]],
  ["30/02/1984", []],
])("reads %s as a date of birth", (query, dates) => {
  expect(terms(query)).toMatchObject({ dates, words: [], digits: null });
});

it("tells a number that may be a phone, a record or a date", () => {
  expect(terms("(212) 555-0100")).toMatchObject({ digits: "2125550100", record: null, maybeDates: [] });
  expect(terms("+44 (0)20 7946 0958")?.digits).toBe("442079460958");
  expect(terms("020 7946 0958")?.digits).toBe("2079460958");
  expect(terms("0958")).toMatchObject({ digits: null, ends: ["0958"], record: "P-000958" });
  expect(terms("020 7946 0958")?.ends).toEqual(["2079460958", "02079460958"]);
  expect(terms("42")).toMatchObject({ digits: null, record: "P-000042" });
  expect(terms("p-000042")).toMatchObject({ digits: null, record: "P-000042", words: [] });
  expect(terms("09031984")?.maybeDates).toEqual(["1984-03-09", "1984-09-03"]);
});

it("takes a word with digits in it for part of a name, not for a number", () => {
  expect(terms("Quux-mwv64k4, 4th 1990-02-01")).toEqual({
    ...{
      words: ["quux-mwv64k4", "4th"],
      dates: ["1990-02-01"],
      digits: null,
      ends: [],
      record: null,
      maybeDates: [],
      mail: null,
    },
  });
  expect(terms("smith3 555-0100")).toMatchObject({ words: ["smith3"], digits: "5550100", record: "P-5550100" });
});

it("puts a name, a date and an address together, and finds nothing in noise", () => {
  expect(terms("ana 1984-03-09 a_p@x.test")).toMatchObject({
    words: ["ana"],
    dates: ["1984-03-09"],
    mail: "a_p@x.test",
  });
  expect(terms("?? -- %")).toBeNull();
  expect(terms("\\m.*(x")?.words).toEqual(["m", "x"]);
});

it("keeps numbers in E.164, and knows whose national ones are only where the clinic says its country", () => {
  expect(normalizePhone("+1 (212) 555-0100", null)).toBe("+12125550100");
  expect(normalizePhone("212 555 0100", null)).toBeNull();
  expect(normalizePhone("212 555 0100", "US")).toBe("+12125550100");
  expect(normalizePhone("call me", "US")).toBeNull();
});
