import { expect, it } from "vitest";
import { unreadable } from "./unreadable";

it.each([
  ["GET", "/api/v1/services/%zz", "not_found"],
  ["GET", "/appointments/%E0%A4%A?x=1", "not_found"],
  ["TRACE", "/api/v1/services", "method_not_allowed"],
  ["PROPFIND", "/", "method_not_allowed"],
])("stops %s %s before the framework stumbles over it", (method, url, code) => {
  expect(unreadable({ method, url })?.code).toBe(code);
});

it("lets everything else through, the query's signs too", () => {
  expect(unreadable({ method: "GET", url: "/find?q=100%" })).toBeNull();
  expect(unreadable({ method: "HEAD", url: "/api/v1/patients/%C3%A9" })).toBeNull();
});
