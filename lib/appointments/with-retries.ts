import { setTimeout as sleep } from "node:timers/promises";
import { sqlState } from "@/lib/platform/database-faults";

const ATTEMPTS = 6;
const PAUSE_MS = 4;

/** PostgreSQL took this transaction out of a deadlock or could not serialise it: nothing is wrong with it. */
const isTransient = (error: unknown) => ["40P01", "40001"].includes(sqlState(error) ?? "");

/** Says that what was judged has changed before it could be written, and the whole transaction is to be tried again. */
export class Overtaken extends Error {}

/** Runs a whole transaction again where the database or a faster writer made it give way; throws what the last attempt threw. */
export async function withRetries<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt >= ATTEMPTS || !(isTransient(error) || error instanceof Overtaken)) throw error;
      // Spread out, so that those who met do not meet again.
      await sleep(PAUSE_MS * attempt * (1 + Math.random()));
    }
  }
}
