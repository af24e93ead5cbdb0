import { expect, it } from "vitest";
import { isOwnOrigin } from "./request-origin";
import { safePath } from "./request-path";

const production = { appUrl: "https://clinic.example", trustOwnHost: false };
const demo = { appUrl: "http://localhost:3000", trustOwnHost: true };

it("lets only the site's own pages change things", () => {
  const ask = (origin: string | null, host = "clinic.example") =>
    isOwnOrigin({ origin, host, protocol: "https:" }, production);
  expect(ask("https://clinic.example")).toBe(true);
  for (const origin of [
    null,
    "",
    "null",
    "https://evil.example",
    "http://clinic.example",
    "https://clinic.example:8443",
    "https://clinic.example.evil.example",
    "https://clinic.example/",
    "clinic.example",
    "://",
  ])
    expect(ask(origin), `${origin}`).toBe(false);
  expect(ask("https://clinic.example", "evil.example")).toBe(false);
  expect(ask("https://evil.example", "evil.example")).toBe(false);
});

it("takes the address in the browser's bar as its own in the demo, in its scheme and port", () => {
  const ask = (origin: string, host = "127.0.0.1:3000") => isOwnOrigin({ origin, host, protocol: "http:" }, demo);
  expect(ask("http://127.0.0.1:3000")).toBe(true);
  expect(ask("http://localhost:3000", "localhost:3000")).toBe(true);
  for (const origin of ["https://127.0.0.1:3000", "http://127.0.0.1:3001", "http://127.0.0.1", "null"])
    expect(ask(origin), origin).toBe(false);
});

it("goes on only to paths of our own", () => {
  expect(safePath("/book?step=check&at=2027-01-01T09%3A00Z#time")).toBe("/book?step=check&at=2027-01-01T09%3A00Z#time");
  for (const away of [
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "evil",
    "",
    null,
    ["/a"],
    `/${"a".repeat(3000)}`,
  ])
    expect(safePath(away), `${away}`).toBe("/");
});
