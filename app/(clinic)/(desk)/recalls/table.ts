import type { SearchParams } from "nuqs/server";
import { readTableQuery } from "@/components/data-table/table-query";
import { isUuid } from "@/lib/clinic/queries";
import { CONTACTS, RECALL_SORTS, type RecallTableInput } from "@/lib/recalls/recall-table";
import { recallsSpec } from "./spec";

/** What the address asks for, as the verb takes it; the page and the file read it alike. What makes no sense is left out. */
export async function recallTableQuery(searchParams: Promise<SearchParams>): Promise<RecallTableInput> {
  const { filters, sort, page, size } = await readTableQuery(recallsSpec, searchParams);
  const [recall, contact, when] = [filters.recall?.[0], filters.contact?.[0], filters.when?.[0]];
  return {
    query: filters.q?.[0]?.slice(0, 200),
    recallId: isUuid(recall) ? recall : undefined,
    contact: CONTACTS.find((known) => known === contact),
    when: when === "asked" || when === "all" ? when : "open",
    sort: RECALL_SORTS.find((known) => known === sort.key) ?? "last",
    descending: sort.descending,
    page,
    size,
  };
}
