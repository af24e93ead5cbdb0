import { afterEach, expect, it, vi } from "vitest";
import { guardConsole } from "./guard-console";

const written = vi.hoisted(() => [] as string[]);
vi.mock("pino", async (original) => {
  const { default: pino } = (await original()) as { default: (options: object, to: object) => unknown };
  return { default: (options: object) => pino(options, { write: (line: string) => void written.push(line) }) };
});
vi.hoisted(() => {
  process.env.DATABASE_URL ??= "postgres://unused";
  process.env.LOG_LEVEL = "info";
});
const { error, warn } = console;
const before = process.listeners("uncaughtException");
afterEach(() => {
  Object.assign(console, { error, warn });
  for (const one of process.listeners("uncaughtException"))
    if (!before.includes(one)) process.removeListener("uncaughtException", one);
});

it("writes of an error what the allow-list lets through, and of words nothing", () => {
  guardConsole();
  const cause = Object.assign(new TypeError("canary"), { code: "42703", detail: "canary" });
  console.error("⨯", Object.assign(new Error("Failed query: canary", { cause }), { digest: "1" }));
  console.error("Error: canary\n    at canary (x.ts:1:1)");
  console.warn({ canary: "canary" });
  const lines = written.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { level: "error", msg: "thrown while answering", errorClass: "TypeError", errorCode: "42703" },
    { level: "error", msg: "something was written to the console" },
    { level: "warn", msg: "something was written to the console" },
  ]);
  expect(written.join()).not.toContain("canary");
});
