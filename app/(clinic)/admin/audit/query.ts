import type { SearchParams } from "nuqs/server";
import type { z } from "zod";
import { readTableQuery, type TableSpec } from "@/components/data-table/table-query";
import type { PeopleWords } from "@/lib/audit/schemas";
import { addDays, isDate } from "@/lib/domain/calendar";

/** Names of the address that the verbs call otherwise. */
const RENAMED: Record<string, string> = { request: "requestId", row: "rowId" };

/**
 * What the address asks for, for the page and for its CSV alike: days are whole days in UTC, and each filter is read for itself, so that one that makes no
 * sense does not take the others with it.
 */
export async function auditQuery<Shape extends z.ZodObject>(
  spec: TableSpec,
  input: Shape,
  searchParams: Promise<SearchParams>,
): Promise<{ filters: Partial<z.infer<Shape>> & PeopleWords; page: number; size: number }> {
  const { filters, page, size } = await readTableQuery(spec, searchParams);
  const midnight = (date: string, days: number) => (isDate(date) ? `${addDays(date, days)}T00:00:00Z` : undefined);
  const { who, whose, ...others } = Object.fromEntries(
    Object.entries(filters).map(([key, values]) => [RENAMED[key] ?? key, values[0]?.slice(0, 200)]),
  );
  if (others.from) others.from = midnight(others.from, 0);
  if (others.to) others.to = midnight(others.to, 1);
  const known = Object.entries(others).filter(
    ([key, value]) => value !== undefined && input.partial().safeParse({ [key]: value }).success,
  );
  return { filters: { ...(Object.fromEntries(known) as Partial<z.infer<Shape>>), who, whose }, page, size };
}
