import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { idleForm } from "@/lib/platform/action-state";
import { requireActor } from "@/lib/platform/request";
import { recallNames } from "@/lib/recalls/queries";
import { recallTable } from "@/lib/recalls/recall-table";
import { optionsOf } from "../../../clinic-lists";
import type { Search } from "../../../search-params";
import { noteAskedAction } from "../actions";
import { recallTableQuery } from "../table";
import { RecallsTable } from "./recalls-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.recalls"))("title") };
}

export default async function RecallsPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("receptionist", "admin");
  const [query, names, t] = await Promise.all([
    recallTableQuery(searchParams),
    recallNames(ctx),
    getTranslations("clinic.recalls"),
  ]);
  const found = await recallTable(ctx, query);
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <RecallsTable rows={items} total={total} recalls={optionsOf(names)} noteAsked={noteAskedAction} idle={idleForm} />
    </StaffPage>
  );
}
