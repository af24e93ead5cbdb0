import { getTranslations } from "next-intl/server";
import { localDate } from "@/lib/domain/zone";
import { displayPhone } from "@/lib/format/phone";
import { csvResponse } from "@/lib/platform/csv";
import { may } from "@/lib/platform/permissions";
import { pageContext } from "@/lib/platform/request";
import { stepUpRedirect } from "@/lib/platform/step-up";
import { recallTable } from "@/lib/recalls/recall-table";
import { recallTableQuery } from "../table";

/** What a spreadsheet still opens, and what is read at once without harm. */
const MAX_ROWS = 50_000;
const COLUMNS = ["recall", "patient", "recordNumber", "lastVisit", "doctor", "contact", "phone", "asked"] as const;

/** The list as it is filtered and sorted now, all pages of it, as CSV, for who has proved lately who they are; others are asked first. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await pageContext();
  if (ctx.actor.kind !== "user") return new Response(null, { status: 401 });
  if (!may(ctx.actor, "recall.table")) return new Response(null, { status: 403 });
  const { searchParams, search } = new URL(request.url);
  const detour = stepUpRedirect(ctx, `/recalls${search}`);
  if (detour) return detour;
  const asked = Object.fromEntries([...new Set(searchParams.keys())].map((key) => [key, searchParams.getAll(key)]));
  const [query, t] = await Promise.all([recallTableQuery(Promise.resolve(asked)), getTranslations("clinic.recalls")]);
  const found = await recallTable(ctx, { ...query, page: 1, size: MAX_ROWS + 1 });
  if (!found.ok) return new Response(null, { status: 403 });
  const { items } = found.value;
  // A file that ends early would look whole.
  if (items.length > MAX_ROWS) return new Response(t("csv.tooMany", { count: MAX_ROWS }), { status: 422 });
  const rows = items.map(({ recall, patient, recordNumber, lastVisit, contact, phone, askedAt }) => [
    recall.name,
    patient.name,
    recordNumber,
    localDate(Date.parse(lastVisit.start) / 1_000, lastVisit.timeZone),
    lastVisit.doctor,
    t(`contact.${contact}`),
    phone && displayPhone(phone),
    askedAt,
  ]);
  return csvResponse(t("csv.file"), [COLUMNS.map((column) => t(`csv.columns.${column}`)), ...rows]);
}
