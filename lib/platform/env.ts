import { z } from "zod";
import { authorityFault } from "./tls";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const count = (fallback: number, max = 1_000_000) => z.coerce.number().int().min(1).max(max).default(fallback);
const urlOf = (...protocols: string[]) =>
  z
    .string()
    .refine((value) => protocols.some((protocol) => value.startsWith(`${protocol}://`)) && URL.canParse(value), {
      error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}://`).join(" or ")}`,
    });

const SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
const sslModeOf = (url: string) => new URL(url).searchParams.get("sslmode");
const databaseUrl = () =>
  urlOf("postgres", "postgresql").refine(
    (url) => !URL.canParse(url) || SSL_MODES.includes(sslModeOf(url) ?? "disable"),
    {
      error: `has an sslmode that is none of ${SSL_MODES.join(", ")}`,
    },
  );
/** A file of certificate authorities. */
const authorities = () =>
  z
    .string()
    .superRefine((file, ctx) => {
      const message = authorityFault(file);
      if (message) ctx.addIssue({ code: "custom", message });
    })
    .optional();

/** Base64 of 32 bytes each, separated by commas. */
const keysOf = (text: string): Buffer[] => text.split(",").map((key) => Buffer.from(key.trim(), "base64"));

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
    /** demo and development show messages as files and at /dev/messages; production never does. */
    SLOTWELL_MODE: z.enum(["production", "demo", "development"]).default("production"),
    DATABASE_URL: databaseUrl(),
    DATABASE_WORKER_URL: databaseUrl().optional(),
    DATABASE_OWNER_URL: databaseUrl().optional(),
    /** With it every connection to PostgreSQL is encrypted, and the server's certificate and name are verified. */
    DATABASE_CA_FILE: authorities(),
    DATABASE_POOL_MAX: count(16, 500),
    REDIS_URL: urlOf("redis", "rediss").optional(),
    REDIS_CA_FILE: authorities(),
    AMQP_URL: urlOf("amqp", "amqps").optional(),
    AMQP_CA_FILE: authorities(),
    SMTP_URL: urlOf("smtp", "smtps").optional(),
    SMTP_CA_FILE: authorities(),
    MAIL_FROM: z.string().min(3).default("Slotwell <no-reply@localhost>"),
    /** How an smtp:// connection is encrypted: `required` insists on STARTTLS, `none` never asks; else where the server offers it. */
    SMTP_TLS: z.enum(["required", "none"]).optional(),
    /** How we sign in; without it the best that the server offers. */
    SMTP_AUTH: z.enum(["plain", "login", "oauth2"]).optional(),
    SMTP_OAUTH_CLIENT_ID: z.string().optional(),
    SMTP_OAUTH_CLIENT_SECRET: z.string().optional(),
    SMTP_OAUTH_REFRESH_TOKEN: z.string().optional(),
    SMTP_OAUTH_TOKEN_URL: urlOf("https", "http").optional(),
    /** At most so many messages a second, by all workers together. */
    MAIL_PER_SECOND: z.coerce.number().int().min(1).max(10_000).optional(),
    SMS_PER_SECOND: z.coerce.number().int().min(1).max(10_000).optional(),
    SMS_PROVIDER: z.enum(["none", "twilio", "http"]).default("none"),
    TWILIO_ACCOUNT_SID: z.string().optional(),
    TWILIO_AUTH_TOKEN: z.string().optional(),
    TWILIO_FROM: z.string().optional(),
    SMS_HTTP_URL: urlOf("http", "https").optional(),
    SMS_HTTP_TOKEN: z.string().optional(),
    /** What the generic provider signs its calls with, when a patient replies. Without one no replies are taken. */
    SMS_WEBHOOK_SECRET: z.string().min(16, { error: "must have at least 16 characters" }).optional(),
    APP_URL: urlOf("http", "https").optional(),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    /** At least 32 characters. Without one a secret is made once and kept in the database. */
    AUTH_SECRET: z.string().min(32, { error: "must have at least 32 characters" }).optional(),
    /** Wrap the keys of patients' data; the newest first. Without one no records are kept, and a dump can be read. */
    ENCRYPTION_KEYS: z
      .string()
      .refine((text) => keysOf(text).every((key) => key.length === 32), {
        error: "must be keys of 32 bytes in base64, separated by commas, the newest first",
      })
      .optional(),
    METRICS_TOKEN: z.string().min(16, { error: "must have at least 16 characters" }).optional(),
    /** How many proxies in front of us write X-Forwarded-For. 0: its words are not believed. */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    DATA_DIR: z.string().min(1).default(".data"),
    /** A bucket of any S3-compatible store, as a URL (https://host/bucket); without one, files lie in DATA_DIR. */
    S3_BUCKET_URL: urlOf("http", "https").optional(),
    S3_REGION: z.string().min(1).default("auto"),
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
    /** Where heads of the audit chains are anchored; in DATA_DIR without it. */
    AUDIT_ANCHOR_DIR: z.string().min(1).optional(),
    /** Where they are sent besides, with a bearer token. */
    AUDIT_ANCHOR_URL: urlOf("http", "https").optional(),
    AUDIT_ANCHOR_TOKEN: z.string().min(16, { error: "must have at least 16 characters" }).optional(),
    /** How often new rows of the audit and access log are sealed: what was tampered with before is not found. */
    AUDIT_SEAL_SECONDS: count(60, 3_600),
    /** Rows of both logs are removed after so long, in whole sealed batches; kept for ever without it. */
    AUDIT_KEEP_DAYS: z.coerce.number().int().min(366).max(36_500).optional(),
    /** What became of messages, and what patients answered, is removed after so long. */
    MESSAGE_KEEP_DAYS: count(365, 36_500),
    /** A patient's browser session ends after so long, and after so long without anything done. */
    SESSION_HOURS: count(24, 24 * 30),
    SESSION_IDLE_MINUTES: count(30, 24 * 60),
    STAFF_SESSION_HOURS: count(12, 24),
    STAFF_SESSION_IDLE_MINUTES: count(15, 24 * 60),
    /** How long having proved who one is counts, for what cannot be taken back. */
    STEP_UP_MINUTES: count(10, 24 * 60),
    /** Without it: required in production, optional in the demo and in development. */
    STAFF_SECOND_FACTOR: z.enum(["required", "optional"]).optional(),
    ACCESS_TOKEN_MINUTES: count(15, 24 * 60),
    REFRESH_TOKEN_DAYS: count(30, 365),
    RATE_LIMIT_READ_PER_MINUTE: count(600),
    RATE_LIMIT_WRITE_PER_MINUTE: count(120),
    RATE_LIMIT_SIGN_IN_PER_MINUTE: count(10),
    /** Of one patient's account. */
    BOOKINGS_PER_DAY: count(30),
    /** From one address: a family, a library, or the clinic's own Wi-Fi. */
    SIGN_UPS_PER_DAY: count(50),
    WORKER_CONCURRENCY: count(4, 100),
    RATE_LIMIT_DISABLED: flag.default(false),
  })
  .superRefine((value, ctx) => {
    const need = (
      key:
        | "TWILIO_ACCOUNT_SID"
        | "TWILIO_AUTH_TOKEN"
        | "TWILIO_FROM"
        | "SMS_HTTP_URL"
        | `SMTP_OAUTH_${"CLIENT_ID" | "CLIENT_SECRET" | "REFRESH_TOKEN"}`
        | "S3_ACCESS_KEY_ID"
        | "AUDIT_ANCHOR_TOKEN"
        | "AUDIT_ANCHOR_URL"
        | "S3_SECRET_ACCESS_KEY",
      what: string,
    ) => {
      if (!value[key]) ctx.addIssue({ code: "custom", path: [key], message: `is needed with ${what}` });
    };
    if (value.SMS_PROVIDER === "twilio")
      for (const key of ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"] as const)
        need(key, "SMS_PROVIDER=twilio");
    if (value.SMS_PROVIDER === "http") need("SMS_HTTP_URL", "SMS_PROVIDER=http");
    if (value.SMTP_AUTH === "oauth2")
      for (const name of ["CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"] as const)
        need(`SMTP_OAUTH_${name}`, "SMTP_AUTH=oauth2");
    if (value.S3_BUCKET_URL)
      for (const key of ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const) need(key, "S3_BUCKET_URL");
    if (value.AUDIT_ANCHOR_URL) need("AUDIT_ANCHOR_TOKEN", "AUDIT_ANCHOR_URL");
    if (value.AUDIT_ANCHOR_TOKEN) need("AUDIT_ANCHOR_URL", "AUDIT_ANCHOR_TOKEN");
    checkTls(value, ctx);
  });

type TlsWords = Partial<
  Record<
    | `DATABASE_${"" | "WORKER_" | "OWNER_"}URL`
    | `${"REDIS" | "AMQP" | "SMTP"}_URL`
    | `${"DATABASE" | "REDIS" | "AMQP" | "SMTP"}_CA_FILE`
    | "SMTP_TLS",
    string | undefined
  >
>;

/** Half of TLS is worse than none: who set an authority believes the connection to be verified. */
function checkTls(value: TlsWords, ctx: z.RefinementCtx): void {
  const refuse = (key: keyof TlsWords, message: string) => ctx.addIssue({ code: "custom", path: [key], message });
  for (const [key, file, scheme] of [
    ["REDIS_URL", "REDIS_CA_FILE", "rediss"],
    ["AMQP_URL", "AMQP_CA_FILE", "amqps"],
  ] as const)
    if (value[file] && !value[key]?.startsWith(`${scheme}://`))
      refuse(file, `is set, but ${key} is no ${scheme}:// address`);
  if (value.SMTP_CA_FILE && !value.SMTP_URL?.startsWith("smtps://") && value.SMTP_TLS !== "required")
    refuse("SMTP_CA_FILE", "is set, but SMTP_URL is no smtps:// address and SMTP_TLS is not required");
  if (!value.DATABASE_CA_FILE) return;
  for (const key of ["DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL"] as const) {
    const mode = value[key] ? sslModeOf(value[key]) : null;
    if (mode && !mode.startsWith("verify-"))
      refuse(key, `says sslmode=${mode}, but DATABASE_CA_FILE verifies the server`);
  }
}

/** Names of all that is read. */
export const VARIABLES = Object.keys(schema.shape);

export type Env = z.infer<typeof schema> & { appUrl: string };

/** An empty value in a .env file means "not set". */
const given = (source: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));

/** Reads the environment. Throws one error that names every variable that is wrong, and what it should be. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = schema.safeParse(given(source));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = issue.path.join(".");
      return `  ${name}: ${source[name] ? issue.message : "is needed and not set"}`;
    });
    throw new Error(`The environment is not right:\n${lines.join("\n")}\nSee .env.example for every variable.`);
  }
  return {
    ...parsed.data,
    appUrl: (parsed.data.APP_URL ?? `http://localhost:${parsed.data.PORT}`).replace(/\/+$/, ""),
  };
}

/** ENCRYPTION_KEYS alone, for programs that have no other environment (the seed, tests). Throws, without the value, where it is none. */
export function encryptionKeys(source: NodeJS.ProcessEnv = process.env): Buffer[] {
  const keys = source.ENCRYPTION_KEYS ? keysOf(source.ENCRYPTION_KEYS) : [];
  if (keys.some((key) => key.length !== 32)) throw new Error("ENCRYPTION_KEYS must be keys of 32 bytes in base64");
  return keys;
}

let cached: Env | undefined;

/** The process's environment, read once at its first use. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}

/** Whether this process was told outright that it is production; scripts that make demo data ask before they start. */
export const isProduction = (source: NodeJS.ProcessEnv = process.env) =>
  source.SLOTWELL_MODE === "production" || (source.NODE_ENV === "production" && source.SLOTWELL_MODE === undefined);
