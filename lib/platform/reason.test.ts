import { expect, it } from "vitest";
import { reasonOf } from "./reason";

it("names the innermost error, without the statement and the values around it", () => {
  const refused = new Error("permission denied to create role");
  const wrapped = new Error("Failed query: insert ... params: Ada,1990-01-01", { cause: refused });
  expect(reasonOf(new Error("outer", { cause: wrapped }))).toBe("permission denied to create role");
  expect(reasonOf(new Error("plain", { cause: "no error" }))).toBe("plain");
  expect(reasonOf("a word")).toBe("a word");
});
