import type { SearchParams } from "nuqs/server";
import { readTableQuery, type TableSpec } from "@/components/data-table/table-query";
import { VISIT_SORTS, type VisitTableInput } from "@/lib/appointments/visit-table";
import { isUuid } from "@/lib/clinic/queries";
import { isDate } from "@/lib/domain/calendar";
import { STATUSES } from "@/lib/domain/status";
import { clinicLocations } from "../clinic-lists";
import { appointmentsSpec } from "./spec";

const isKnown = <T extends string>(known: readonly T[], value: string | undefined): value is T =>
  known.some((one) => one === value);

/** From today on, where nothing else is asked for; today by the clocks of the places that are looked at. */
async function periodOf(when: string | undefined, locationId: string | undefined): Promise<VisitTableInput["period"]> {
  if (when === "all") return undefined;
  const locations = await clinicLocations("all");
  const zones = locations.filter(({ id }) => !locationId || id === locationId).map(({ timeZone }) => timeZone);
  return { when: when === "past" ? "past" : "upcoming", zones: [...new Set(zones)] };
}

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
  const [from, to] = [date("from"), date("to")];
  const period = from || to ? undefined : await periodOf(filters.when?.[0], id("location"));
  const statuses = (filters.status ?? []).filter((value) => isKnown(STATUSES, value));
  return {
    query: filters.q?.[0]?.slice(0, 200),
    from,
    to,
    period,
    status: statuses.length > 0 ? STATUSES.filter((status) => statuses.includes(status)) : undefined,
    doctorName: filters.doctor?.[0]?.slice(0, 200),
    locationId: id("location"),
    patientId: id("patient"),
    sort: isKnown(VISIT_SORTS, sort.key) ? sort.key : "start",
    descending: sort.descending,
    page,
    size,
  };
}
