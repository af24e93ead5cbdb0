import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { settings } from "@/db/schema";
import { randomToken } from "./crypto";
import { env } from "./env";
import { log } from "./logger";

const KEY = "auth_secret";
const held = globalThis as typeof globalThis & { slotwellAuthSecret?: Map<Db, Promise<string>> };

/** AUTH_SECRET, else one that is made at the first start and kept in the database: every process then has the same. */
export function authSecret(db: Db): Promise<string> {
  const given = env().AUTH_SECRET;
  if (given) return Promise.resolve(given);
  held.slotwellAuthSecret ??= new Map();
  const known = held.slotwellAuthSecret.get(db);
  if (known) return known;
  const made = keptSecret(db);
  held.slotwellAuthSecret.set(db, made);
  // A database that was away is asked again.
  made.catch(() => held.slotwellAuthSecret?.delete(db));
  return made;
}

async function keptSecret(db: Db): Promise<string> {
  // The first of several processes wins; all then read what stands.
  await db.orm.insert(settings).values({ key: KEY, value: randomToken() }).onConflictDoNothing();
  const [row] = await db.orm.select({ value: settings.value }).from(settings).where(sql`${settings.key} = ${KEY}`);
  if (typeof row?.value !== "string") throw new Error("the stored auth secret is not a string");
  if (env().SLOTWELL_MODE === "production") {
    log.warn("AUTH_SECRET is not set: the secret is kept in the database, beside the data that it guards");
  }
  return row.value;
}
