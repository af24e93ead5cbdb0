import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { auditTable } from "@/lib/audit/list-audit-events";
import { listAuditEventsInput } from "@/lib/audit/schemas";
import { requireActor } from "@/lib/platform/request";
import type { Search } from "../../../search-params";
import { AuditPageFrame } from "../audit-page";
import { auditQuery } from "../query";
import { auditSpec } from "../spec";
import { AuditTable } from "./audit-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.audit"))("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("admin");
  const { filters, page, size } = await auditQuery(auditSpec, listAuditEventsInput, searchParams);
  const found = await auditTable(ctx, { ...filters, page, size });
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  return (
    <AuditPageFrame name="changes" csv={await searchParams}>
      <AuditTable rows={items} total={total} />
    </AuditPageFrame>
  );
}
