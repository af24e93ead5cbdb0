import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { isUuid } from "@/lib/clinic/queries";
import { recordToken } from "@/lib/protection/blind-index";
import { indexKeys } from "@/lib/protection/index-keys";

/** A text that stands for itself in LIKE. */
const contains = (words: string) =>
  `%${words
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, "\\$&")}%`;

/** Rows whose account is this id, or has these words in its name or address. */
export function byAccount(column: AnyColumn, words: string | undefined): SQL | undefined {
  if (!words?.trim()) return undefined;
  if (isUuid(words.trim())) return sql`${column} = ${words.trim()}::uuid`;
  const like = contains(words);
  return sql`${column} = any (array(select u.id from users u where lower(u.display_name) like ${like} or lower(u.email::text) like ${like}))`;
}

/** Rows whose patient is this id, has this record number, or these words in their name. */
export async function ofPatient(tx: Tx, column: AnyColumn, words: string | undefined): Promise<SQL | undefined> {
  if (!words?.trim()) return undefined;
  if (isUuid(words.trim())) return sql`${column} = ${words.trim()}::uuid`;
  const tokens = (await indexKeys(tx)).map((key) => recordToken(key, words.trim()));
  return sql`${column} = any (array(select p.id from patients p
    where p.record_token in ${tokens} or p.record_number = ${words.trim()} or lower(p.given_name || ' ' || p.family_name) like ${contains(words)}))`;
}
