import type { SearchParams } from "nuqs/server";
import { readTableQuery, type TableSpec } from "@/components/data-table/table-query";
import { VISIT_SORTS, type VisitTableInput } from "@/lib/appointments/visit-table";
import { isUuid } from "@/lib/clinic/queries";
import { isDate } from "@/lib/domain/calendar";
import { STATUSES } from "@/lib/domain/status";
import { dayBounds, localDate } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { clinicLocations } from "../clinic-lists";
import { placeOf } from "../place";
import { appointmentsSpec } from "./spec";

const isKnown = <T extends string>(known: readonly T[], value: string | undefined): value is T =>
  known.some((one) => one === value);

/** Today begins at midnight of the place that is looked at, for visits elsewhere too. */
async function periodOf(ctx: Context, when: string | undefined, locationId: string | undefined) {
  if (when === "all") return {};
  const locations = await clinicLocations("all");
  const zone = (locations.find(({ id }) => id === locationId) ?? (await placeOf(undefined, locations)))?.timeZone;
  const today = dayBounds(localDate(ctx.now.getTime() / 1_000, zone ?? "UTC"), zone ?? "UTC").start;
  const midnight = new Date(today * 1_000).toISOString();
  return when === "past" ? { to: midnight } : { from: midnight };
}

/** What the address asks for, as the verb takes it; the page and the file read it alike. What makes no sense is left out. */
export async function visitTableQuery(ctx: Context, searchParams: Promise<SearchParams>): Promise<VisitTableInput> {
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
  const period = from || to ? { from, to } : await periodOf(ctx, filters.when?.[0], id("location"));
  const statuses = (filters.status ?? []).filter((value) => isKnown(STATUSES, value));
  return {
    query: filters.q?.[0]?.slice(0, 200),
    ...period,
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
