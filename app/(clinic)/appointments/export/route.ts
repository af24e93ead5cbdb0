import { getTranslations } from "next-intl/server";
import { visitTable } from "@/lib/appointments/visit-table";
import { localDate, localTime } from "@/lib/domain/zone";
import { recordNumbers } from "@/lib/patients/record-numbers";
import { csvResponse } from "@/lib/platform/csv";
import { may } from "@/lib/platform/permissions";
import { pageContext } from "@/lib/platform/request";
import { stepUpRedirect } from "@/lib/platform/step-up";
import { visitTableQuery } from "../table";

/** What a spreadsheet still opens, and what is read at once without harm. */
const MAX_ROWS = 50_000;
const COLUMNS = [
  "reference",
  "date",
  "start",
  "end",
  "timeZone",
  "status",
  "service",
  "doctor",
  "location",
  "patient",
  "recordNumber",
  "confirmed",
] as const;

/** The table's rows as it is filtered and sorted now, all pages of it, as CSV, for who has proved lately who they are; others are asked first. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await pageContext();
  const { actor } = ctx;
  if (actor.kind !== "user") return new Response(null, { status: 401 });
  if (!may(actor, "visit.table")) return new Response(null, { status: 403 });
  const asked = new URL(request.url);
  const detour = stepUpRedirect(ctx, `/appointments${asked.search}`);
  if (detour) return detour;
  const search = Promise.resolve(paramsOf(asked.searchParams));
  const [query, t, status] = await Promise.all([
    visitTableQuery(search),
    getTranslations("clinic.appointments.csv"),
    getTranslations("ui.status.staff"),
  ]);
  const found = await visitTable(ctx, { ...query, page: 1, size: MAX_ROWS + 1 });
  if (!found.ok) return new Response(null, { status: 403 });
  // A file that ends early would look whole.
  if (found.value.items.length > MAX_ROWS) return new Response(t("tooMany", { count: MAX_ROWS }), { status: 422 });
  const numbers = await recordNumbers(
    ctx,
    found.value.items.flatMap(({ patient }) => (patient ? [patient.id] : [])),
  );
  const head = COLUMNS.map((column) => t(`columns.${column}`));
  const rows = found.value.items.map((visit) => {
    const [start, end] = [Date.parse(visit.start) / 1_000, Date.parse(visit.end) / 1_000];
    return [
      visit.reference,
      localDate(start, visit.timeZone),
      localTime(start, visit.timeZone),
      localTime(end, visit.timeZone),
      visit.timeZone,
      status(visit.status),
      visit.service.name,
      visit.doctor.name,
      visit.location.name,
      visit.patient?.name ?? null,
      (visit.patient && numbers.get(visit.patient.id)) ?? null,
      visit.confirmedAt,
    ];
  });
  return csvResponse(t("file"), [head, ...rows]);
}

/** A query as pages get it: a repeated key is a list. */
function paramsOf(query: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
}
