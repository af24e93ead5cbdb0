import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { tlsFile } from "@/tests/support/tls-files";
import { readEnv, VARIABLES } from "./env";

const right = { DATABASE_URL: "postgres://app@localhost/slotwell" };
/** What the runtime or the tests set, and nobody in a file. */
const NOT_FOR_FILES = ["NODE_ENV"];

const complaint = (source: Record<string, string>) => {
  try {
    readEnv(source as NodeJS.ProcessEnv);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};
const named = (message: string) => [...message.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name).sort();

it("starts with a database and nothing else, and takes empty values for none", () => {
  expect(readEnv({ ...right, PORT: "", REDIS_URL: "" } as unknown as NodeJS.ProcessEnv)).toMatchObject({
    PORT: 3000,
    appUrl: "http://localhost:3000",
    SLOTWELL_MODE: "production",
  });
  expect(readEnv({ ...right, APP_URL: "https://clinic.test/" } as unknown as NodeJS.ProcessEnv).appUrl).toBe(
    "https://clinic.test",
  );
});

it("names every wrong variable at once, and never its value", () => {
  const wrong: Record<string, string> = {
    DATABASE_URL: "mysql://canary@localhost/x",
    DATABASE_POOL_MAX: "0",
    REDIS_URL: "localhost:6379",
    AMQP_URL: "http://localhost",
    SMTP_URL: "mail.canary.test",
    APP_URL: "clinic",
    PORT: "70000",
    AUTH_SECRET: "canary",
    ENCRYPTION_KEYS: "canary",
    METRICS_TOKEN: "canary",
    TRUSTED_PROXIES: "-1",
    LOG_LEVEL: "loud",
    SLOTWELL_MODE: "live",
    RATE_LIMIT_DISABLED: "yes",
    WORKER_CONCURRENCY: "many",
    SMS_PROVIDER: "pigeon",
  };
  const message = complaint(wrong);
  expect(named(message)).toEqual(Object.keys(wrong).sort());
  expect(message).not.toContain("canary");
});

it("says what is missing: the database, and what a provider needs", () => {
  expect(complaint({})).toMatch(/DATABASE_URL: is needed and not set/);
  expect(named(complaint({ ...right, SMS_PROVIDER: "twilio" }))).toEqual([
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_FROM",
  ]);
  expect(named(complaint({ ...right, SMS_PROVIDER: "http" }))).toEqual(["SMS_HTTP_URL"]);
});

it("refuses half of TLS: an authority beside an address that is not encrypted, or a file that holds none", () => {
  const ca = tlsFile("ca.pem");
  const wrong: [source: Record<string, string>, named: string[]][] = [
    [{ REDIS_CA_FILE: ca }, ["REDIS_CA_FILE"]],
    [{ REDIS_CA_FILE: ca, REDIS_URL: "redis://localhost" }, ["REDIS_CA_FILE"]],
    [{ AMQP_CA_FILE: ca, AMQP_URL: "amqp://localhost" }, ["AMQP_CA_FILE"]],
    [{ SMTP_CA_FILE: ca, SMTP_URL: "smtp://localhost" }, ["SMTP_CA_FILE"]],
    [{ DATABASE_CA_FILE: `${ca}.none` }, ["DATABASE_CA_FILE"]],
    [{ DATABASE_CA_FILE: "package.json" }, ["DATABASE_CA_FILE"]],
    [{ DATABASE_CA_FILE: ca, DATABASE_URL: `${right.DATABASE_URL}?sslmode=require` }, ["DATABASE_URL"]],
    [{ DATABASE_CA_FILE: ca, DATABASE_WORKER_URL: `${right.DATABASE_URL}?sslmode=disable` }, ["DATABASE_WORKER_URL"]],
    [{ DATABASE_URL: `${right.DATABASE_URL}?sslmode=verify` }, ["DATABASE_URL"]],
  ];
  for (const [source, names] of wrong) expect(named(complaint({ ...right, ...source }))).toEqual(names);
  const whole = {
    REDIS_URL: "rediss://localhost",
    AMQP_URL: "amqps://localhost",
    DATABASE_URL: `${right.DATABASE_URL}?sslmode=verify-full`,
  };
  expect(complaint({ ...whole, REDIS_CA_FILE: ca, AMQP_CA_FILE: ca, DATABASE_CA_FILE: ca })).toBe("");
});

it("is told of in full by .env.example, whose values are right", () => {
  const lines = readFileSync(".env.example", "utf8").matchAll(/^([A-Z0-9_]+)=(.*)$/gm);
  const values = Object.fromEntries([...lines].map(([, name, value]) => [name, value])) as Record<string, string>;
  const { HOST, ...ours } = values;
  expect(HOST).toBeDefined();
  expect(Object.keys(ours).sort()).toEqual(VARIABLES.filter((name) => !NOT_FOR_FILES.includes(name)).sort());
  expect(complaint(ours)).toBe("");
});
