/** `warn` works, but not as it should where patients depend on it; only `bad` makes the doctor's exit 1. */
export type Finding = {
  name: string;
  status: "ok" | "off" | "warn" | "bad";
  says: string;
  /** What to do about it. */
  mend?: string;
};

export const fine = (name: string, says: string): Finding => ({ name, status: "ok", says });
export const off = (name: string, says: string): Finding => ({ name, status: "off", says });
export const warn = (name: string, says: string, mend: string): Finding => ({ name, status: "warn", says, mend });
export const bad = (name: string, says: string, mend: string): Finding => ({ name, status: "bad", says, mend });

/** What went wrong, without the address or password that a driver puts into its message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no reason given";
  const { code } = error as Error & { code?: unknown };
  if (typeof code === "string") return code;
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner instanceof Error ? reasonOf(inner) : error.message.replace(/\w+:\/\/\S+/g, "(address)");
}

/** A check that throws has found something too. */
export async function examine(name: string, mend: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return bad(name, reasonOf(error), mend);
  }
}
