import { connect, type Db } from "@/db/client";
import { env } from "./env";

// Kept on globalThis, as `next dev` loads a module anew at each change and each bundle has its own copy.
const held = globalThis as typeof globalThis & { slotwellDb?: Db };

/** The process's pool, opened at its first use. */
export function db(): Db {
  held.slotwellDb ??= connect(env().DATABASE_URL, { max: env().DATABASE_POOL_MAX, name: "slotwell-web" });
  return held.slotwellDb;
}
