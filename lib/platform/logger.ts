import pino, { type Logger } from "pino";
import { env } from "./env";

/** What may be logged. Everything else is dropped before it is written, so that patient data can't slip in with a new field. */
const ALLOWED = new Set([
  "level",
  "time",
  "msg",
  "pid",
  "requestId",
  "route",
  "method",
  "status",
  "durationMs",
  "job",
  "topic",
  "outboxId",
  "notificationId",
  "appointmentId",
  "userId",
  "sessionId",
  "role",
  "code",
  "errorClass",
  "errorCode",
  "constraint",
  "stack",
  "attempts",
  "count",
  "port",
  "mode",
  "check",
  "queue",
  "channel",
  "provider",
  "signal",
  "version",
  "component",
]);

export type LogFields = Record<string, unknown>;

/** The stack without the message before it: a line of a patient's own words may look like a frame. */
function framesOf({ stack = "", message }: Error): string {
  const start = stack.indexOf(message);
  return start < 0 ? "" : stack.slice(start + message.length);
}

/** Name, code and where: never `message` or `detail`, as a driver's error carries the values of the row. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorClass: typeof error };
  const cause = error.cause instanceof Error ? error.cause : error;
  const { code, constraint_name: constraint } = cause as Error & { code?: string; constraint_name?: string };
  const stack = framesOf(error)
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join("\n");
  return { errorClass: cause.name, errorCode: code, constraint, stack };
}

let root: Logger | undefined;
const logger = () => {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
    formatters: { level: (label) => ({ level: label }) },
  });
  return root;
};

const allowed = (fields: LogFields) =>
  Object.fromEntries(Object.entries(fields).filter(([key, value]) => ALLOWED.has(key) && value !== undefined));

/** Structured logging by allow-list. `message` is a constant phrase, never built from data. */
export const log = {
  debug: (message: string, fields: LogFields = {}) => logger().debug(allowed(fields), message),
  info: (message: string, fields: LogFields = {}) => logger().info(allowed(fields), message),
  warn: (message: string, fields: LogFields = {}) => logger().warn(allowed(fields), message),
  error: (message: string, error?: unknown, fields: LogFields = {}) =>
    logger().error({ ...allowed(fields), ...(error === undefined ? {} : errorFields(error)) }, message),
};
