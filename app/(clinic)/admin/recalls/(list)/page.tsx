import { BellRing, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table } from "@/components/ui/table";
import { requireActor } from "@/lib/platform/request";
import { listRecalls } from "@/lib/recalls/queries";
import type { Search } from "../../../search-params";
import { DoneNote } from "../../done-note";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.recalls"))("title") };
}

export default async function RecallsPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("admin");
  const [{ done }, found, t] = await Promise.all([searchParams, listRecalls(ctx), getTranslations("admin")]);
  const recalls = found.ok ? found.value : [];
  const create = (
    <Button size="sm" asChild>
      <Link href="/admin/recalls/new">
        <Plus aria-hidden />
        {t("recalls.newTitle")}
      </Link>
    </Button>
  );
  return (
    <StaffPage title={t("recalls.title")} lead={t("recalls.lead")} actions={create}>
      <DoneNote done={done} />
      {recalls.length === 0 ? (
        <EmptyState icon={BellRing} title={t("recalls.empty")} action={create} />
      ) : (
        <Table
          label={t("recalls.title")}
          rows={recalls}
          keyOf={({ id }) => id}
          columns={[
            { header: t("fields.name"), cell: ({ id, name }) => <Link href={`/admin/recalls/${id}`}>{name}</Link> },
            { header: t("recalls.service"), cell: ({ service }) => service },
            { header: t("recalls.after"), cell: ({ months }) => t("recalls.months", { count: months }) },
            {
              header: t("recalls.due"),
              // What has not been counted yet is not nobody.
              cell: ({ id, due, lookedAt }) =>
                lookedAt || due > 0 ? <Link href={`/recalls?recall=${id}&when=all`}>{due}</Link> : t("recalls.soon"),
              className: "figures",
            },
            { header: t("recalls.agreed"), cell: ({ agreed }) => agreed, className: "figures" },
            { header: t("recalls.asked"), cell: ({ asked }) => asked, className: "figures" },
            {
              header: t("state"),
              cell: ({ active }) => <Badge variant={active ? "success" : "neutral"}>{t(active ? "on" : "off")}</Badge>,
            },
          ]}
        />
      )}
    </StaffPage>
  );
}
