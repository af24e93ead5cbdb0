import { expect, it } from "vitest";
import { databaseRefusal, sqlState, violatedConstraint } from "./database-faults";

/** As Drizzle hands the driver's error on: wrapped. */
const failed = (code: string, more: object = {}) =>
  new Error("Failed query", { cause: Object.assign(new Error("driver"), { code, ...more }) });

it.each([
  ...["08006", "57P01", "57P03", "53300", "57014", "55P03", "40001", "40P01", "25P03"],
  ...[
    "CONNECT_TIMEOUT",
    "CONNECTION_CLOSED",
    "CONNECTION_UNANSWERED",
    "ECONNREFUSED",
    "ECONNRESET",
    "EPIPE",
    "ENOTFOUND",
  ],
])("takes %s for a database that is away, full or too slow", (code) => {
  expect(databaseRefusal(failed(code))).toMatchObject({ ok: false, code: "unavailable" });
});

it.each(["22001", "22003", "22P02"])("takes %s for a value that does not fit", (code) => {
  expect(databaseRefusal(failed(code))).toMatchObject({ code: "validation_failed", errors: [{ path: "" }] });
});

it("takes everything else for a bug", () => {
  for (const error of [failed("23505"), failed("42501"), new TypeError("x"), null])
    expect(databaseRefusal(error)).toBeNull();
});

it("finds state and constraint wherever they are wrapped", () => {
  const error = new Error("outer", { cause: failed("23P01", { constraint_name: "appointments_doctor_free" }) });
  expect([sqlState(error), violatedConstraint(error)]).toEqual(["23P01", "appointments_doctor_free"]);
});
