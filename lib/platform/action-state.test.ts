import { expect, it } from "vitest";
import { formInput, formValues } from "./action-state";

function form(entries: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

it("reads nested names, lists, dates in three fields, and leaves out what is empty", () => {
  const input = formInput(
    form([
      ["$ACTION_ID_1", ""],
      ["name", "  Ana "],
      ["phone", " "],
      ["address.city", "Vitória"],
      ["services[]", "a"],
      ["services[]", "b"],
      ["rules.1.start", "13:00"],
      ["rules.0.start", "09:00"],
      ["born-day", "9"],
      ["born-month", "3"],
      ["born-year", "2016"],
      ["until-day", ""],
      ["until-month", ""],
      ["until-year", ""],
      ["password", " keeps its blanks "],
    ]),
  );
  expect(input).toEqual({
    name: "Ana",
    address: { city: "Vitória" },
    services: ["a", "b"],
    rules: [{ start: "09:00" }, { start: "13:00" }],
    born: "2016-03-09",
    password: " keeps its blanks ",
  });
});

it("does not reach into prototypes", () => {
  formInput(
    form([
      ["__proto__.polluted", "yes"],
      ["a.constructor.prototype.polluted", "yes"],
    ]),
  );
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(formValues(form([["__proto__", "x"]])))).toEqual(["__proto__"]);
});

it("gives back what was typed, but no password or token", () => {
  expect(
    formValues(
      form([
        ["email", "a@b.c"],
        ["password", "x"],
        ["token", "y"],
        ["id[]", "1"],
        ["id[]", "2"],
      ]),
    ),
  ).toEqual({
    email: "a@b.c",
    "id[]": ["1", "2"],
  });
});
