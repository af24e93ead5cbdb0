import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readTableQuery } from "@/components/data-table/table-query";
import { StaffPage } from "@/components/shell/page";
import { auditTable } from "@/lib/audit/list-audit-events";
import { listAuditEventsInput } from "@/lib/audit/schemas";
import { addDays, isDate } from "@/lib/domain/calendar";
import { requireActor } from "@/lib/platform/request";
import type { Search } from "../../../search-params";
import { auditSpec } from "../spec";
import { AuditTable } from "./audit-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.audit"))("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("admin");
  const [{ filters, page, size }, t] = await Promise.all([
    readTableQuery(auditSpec, searchParams),
    getTranslations("admin.audit"),
  ]);
  const { from, to, table, operation, user, patient, row } = Object.fromEntries(
    Object.entries(filters).map(([key, values]) => [key, values[0]]),
  );
  const midnight = (date: string | undefined, days: number) =>
    date && isDate(date) ? `${addDays(date, days)}T00:00:00Z` : undefined;
  // Each filter for itself: one that makes no sense does not take the others with it.
  const known = Object.entries({
    from: midnight(from, 0),
    to: midnight(to, 1),
    table,
    operation,
    userId: user,
    patientId: patient,
    rowId: row,
  }).filter(([key, value]) => value !== undefined && listAuditEventsInput.safeParse({ [key]: value }).success);
  const found = await auditTable(ctx, { ...Object.fromEntries(known), page, size });
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <AuditTable rows={items} total={total} />
    </StaffPage>
  );
}
