import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { accessTable } from "@/lib/audit/list-access-events";
import { listAccessEventsInput } from "@/lib/audit/schemas";
import { requireActor } from "@/lib/platform/request";
import type { Search } from "../../../../search-params";
import { AuditPageFrame } from "../../audit-page";
import { auditQuery } from "../../query";
import { accessSpec } from "../../spec";
import { AccessTable } from "./access-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.audit.views"))("access") };
}

export default async function AccessPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("admin");
  const { filters, page, size } = await auditQuery(accessSpec, listAccessEventsInput, searchParams);
  const found = await accessTable(ctx, { ...filters, page, size });
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  return (
    <AuditPageFrame name="access" csv={await searchParams}>
      <AccessTable rows={items} total={total} />
    </AuditPageFrame>
  );
}
