import { connect, type Db, type DbOptions, type DbRole } from "@/db/client";
import { type Env, env } from "./env";
import { authorityIn } from "./tls";

// Kept on globalThis, as `next dev` loads a module anew at each change and each bundle has its own copy.
const held = globalThis as typeof globalThis & { slotwellDb?: Db };

/** Who logs in for which of our programs. Commands run by hand need the rights of both, which the owner has. */
export const loginOf = (environment: Env, role: DbRole): string => {
  const { DATABASE_URL, DATABASE_WORKER_URL = DATABASE_URL, DATABASE_OWNER_URL = DATABASE_URL } = environment;
  return { web: DATABASE_URL, worker: DATABASE_WORKER_URL, operator: DATABASE_OWNER_URL }[role];
};

/** A pool with one program's login and rights, over TLS where the environment says so. */
export const openDatabase = (environment: Env, role: DbRole, options: Omit<DbOptions, "role" | "ca">): Db =>
  connect(loginOf(environment, role), { ...options, role, ca: authorityIn(environment.DATABASE_CA_FILE) });

/** The web's pool, opened at its first use. */
export function db(): Db {
  held.slotwellDb ??= openDatabase(env(), "web", { max: env().DATABASE_POOL_MAX, name: "slotwell-web" });
  return held.slotwellDb;
}
