import type { SearchParams } from "nuqs/server";
import { readTableQuery, type TableSpec } from "@/components/data-table/table-query";
import { VISIT_SORTS, type VisitTableInput } from "@/lib/appointments/visit-table";
import { isUuid } from "@/lib/clinic/queries";
import { isDate } from "@/lib/domain/calendar";
import { STATUSES } from "@/lib/domain/status";
import { appointmentsSpec } from "./spec";

const isKnown = <T extends string>(known: readonly T[], value: string | undefined): value is T =>
  known.some((one) => one === value);

/** What the address asks for, as the verb takes it; the page and the file read it alike. What makes no sense is left out. */
export async function visitTableQuery(searchParams: Promise<SearchParams>): Promise<VisitTableInput> {
  const { filters, sort, page, size } = await readTableQuery(appointmentsSpec satisfies TableSpec, searchParams);
  const id = (key: string) => {
    const value = filters[key]?.[0];
    return isUuid(value) ? value : undefined;
  };
  const date = (key: string) => {
    const value = filters[key]?.[0];
    return value && isDate(value) ? value : undefined;
  };
  const statuses = (filters.status ?? []).filter((value) => isKnown(STATUSES, value));
  return {
    query: filters.q?.[0]?.slice(0, 200),
    from: date("from"),
    to: date("to"),
    status: statuses.length > 0 ? STATUSES.filter((status) => statuses.includes(status)) : undefined,
    doctorId: id("doctor"),
    locationId: id("location"),
    patientId: id("patient"),
    sort: isKnown(VISIT_SORTS, sort.key) ? sort.key : "start",
    descending: sort.descending,
    page,
    size,
  };
}
