import { DrizzleQueryError } from "drizzle-orm";
import { beforeEach, expect, it, vi } from "vitest";
import { errorFields, log } from "./logger";

const CANARY = "canary-4711";
const lines: string[] = [];

vi.mock("pino", async (original) => {
  const { default: pino } = await original<typeof import("pino")>();
  const write = (line: string) => void lines.push(line);
  return { default: (options: import("pino").LoggerOptions) => pino(options, { write }) };
});

beforeEach(() => {
  process.env.DATABASE_URL ??= "postgres://nobody@localhost/unused";
  process.env.LOG_LEVEL = "trace";
  lines.length = 0;
});

it("writes what is on the list and drops what is not", () => {
  log.info("booked", { appointmentId: "a-1", name: CANARY, patient: { name: CANARY }, reason: CANARY, count: 0 });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] as string)).toMatchObject({
    level: "info",
    msg: "booked",
    appointmentId: "a-1",
    count: 0,
  });
  expect(lines[0]).not.toContain(CANARY);
});

it("tells of a driver's error its class, code, constraint and place, and no value of the row", () => {
  const driver = Object.assign(new Error(`duplicate key: ${CANARY}`), {
    ...{
      name: "PostgresError",
      code: "23505",
      constraint_name: "users_email_unique",
      detail: `Key (email)=(${CANARY})`,
    },
    ...{ query: `insert ${CANARY}`, parameters: [CANARY], args: [CANARY] },
  });
  const errors = [driver, new DrizzleQueryError(`insert into users values ($1) ${CANARY}`, [CANARY], driver)];
  for (const error of errors) {
    log.error("request failed", error, { requestId: "r-1" });
    expect(JSON.parse(lines.at(-1) as string)).toMatchObject({
      ...{ errorClass: "PostgresError", errorCode: "23505", constraint: "users_email_unique", requestId: "r-1" },
    });
  }
  for (const thrown of [CANARY, { message: CANARY }, undefined, new Error(`${CANARY}\n    at first ${CANARY}`)]) {
    log.error("odd", thrown);
  }
  expect(lines).toHaveLength(6);
  expect(lines.join("")).not.toContain(CANARY);
});

it("keeps where it happened", () => {
  expect(errorFields(new Error("x")).stack).toMatch(/logger\.test\.ts/);
});
