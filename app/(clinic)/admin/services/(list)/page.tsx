import { Plus, Tags } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table } from "@/components/ui/table";
import { spanOf } from "@/lib/format/span";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../../clinic-lists";
import type { Search } from "../../../search-params";
import { DoneNote } from "../../done-note";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.services"))("title") };
}

export default async function ServicesPage({ searchParams }: { searchParams: Search }) {
  await requireActor("admin");
  const [{ done }, { services }, t] = await Promise.all([searchParams, clinicLists("all"), getTranslations("admin")]);
  const span = (minutes: number) => {
    const { value, unit } = spanOf(minutes);
    return t(`spans.${unit}`, { count: value });
  };
  const create = (
    <Button size="sm" asChild>
      <Link href="/admin/services/new">
        <Plus aria-hidden />
        {t("services.newTitle")}
      </Link>
    </Button>
  );
  return (
    <StaffPage title={t("services.title")} lead={t("services.lead")} actions={create}>
      <DoneNote done={done} />
      {services.length === 0 ? (
        <EmptyState icon={Tags} title={t("services.empty")} action={create} />
      ) : (
        <Table
          label={t("services.title")}
          rows={services}
          keyOf={({ id }) => id}
          columns={[
            { header: t("fields.name"), cell: ({ id, name }) => <Link href={`/admin/services/${id}`}>{name}</Link> },
            { header: t("fields.modality"), cell: ({ modality }) => t(`modality.${modality}`) },
            { header: t("services.length"), cell: ({ durationMinutes }) => span(durationMinutes), numeric: true },
            { header: t("fields.minNotice"), cell: ({ minNoticeMinutes }) => span(minNoticeMinutes), numeric: true },
            {
              header: t("fields.cancelCutoff"),
              cell: ({ cancelCutoffMinutes }) => span(cancelCutoffMinutes),
              numeric: true,
            },
            {
              header: t("services.who"),
              cell: ({ selfBookable }) => t(selfBookable ? "services.patients" : "services.clinicOnly"),
              className: "wraps",
            },
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
