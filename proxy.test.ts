import { NextRequest } from "next/server";
import { expect, it, vi } from "vitest";
import { proxy } from "./proxy";

vi.hoisted(() => {
  Object.assign(process.env, { APP_URL: "https://clinic.test", SLOTWELL_MODE: "production" });
  process.env.DATABASE_URL ??= "postgres://unused";
});

const ask = (method: string, headers: Record<string, string>, path = "/sign-in") =>
  proxy(new NextRequest(`https://clinic.test${path}`, { method, headers: { host: "clinic.test", ...headers } }));
/** Whether the request went on to a page, an action or a handler. */
const wentOn = (response: Response) => response.headers.get("x-middleware-next") === "1";

it.each([
  ["no Origin", {}],
  ["null", { origin: "null" }],
  ["another site", { origin: "https://evil.test" }],
  ["a name that begins like ours", { origin: "https://clinic.test.evil.test" }],
  ["another port", { origin: "https://clinic.test:8443" }],
  ["another scheme", { origin: "http://clinic.test" }],
  ["no address at all", { origin: "https://" }],
  ["a foreign Host with our Origin", { origin: "https://clinic.test", host: "evil.test" }],
  ["a foreign Host that agrees with its Origin", { origin: "https://evil.test", host: "evil.test" }],
  ["a forwarded Host of the client's own", { origin: "https://evil.test", "x-forwarded-host": "evil.test" }],
])("answers 403 to a change from %s, before anything runs", async (_, headers) => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const response = ask(method, { "next-action": "0".repeat(40), ...headers });
    expect([method, response.status, wentOn(response)]).toEqual([method, 403, false]);
    expect(await response.json()).toMatchObject({ code: "forbidden" });
  }
});

it("has the browser forget what it keeps once somebody has signed out, and only then", () => {
  const cleared = (headers: Record<string, string>, path: string) =>
    ask("GET", headers, path).headers.get("clear-site-data");
  expect(cleared({}, "/sign-in?notice=signed_out")).toBe('"storage"');
  for (const [headers, path] of [
    [{ cookie: "__Host-next-auth.session-token=x" }, "/sign-in?notice=signed_out"],
    [{}, "/sign-in"],
    [{}, "/visits?notice=signed_out"],
  ] as const)
    expect(cleared(headers, path)).toBeNull();
});

it("lets our own pages make changes, and everybody look", () => {
  const own = ask("POST", { origin: "https://clinic.test" });
  expect([own.status, wentOn(own)]).toEqual([200, true]);
  const seen = ask("GET", {});
  expect([seen.status, wentOn(seen)]).toEqual([200, true]);
  expect(seen.headers.get("content-security-policy")).toMatch(/script-src[^;]*'nonce-/);
  expect(seen.headers.get("strict-transport-security")).toContain("max-age");
});
