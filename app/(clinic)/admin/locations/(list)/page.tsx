import { Building2, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table } from "@/components/ui/table";
import { displayPhone } from "@/lib/format/phone";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../../clinic-lists";
import type { Search } from "../../../search-params";
import { DoneNote } from "../../done-note";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.locations"))("title") };
}

export default async function LocationsPage({ searchParams }: { searchParams: Search }) {
  await requireActor("admin");
  const [{ done }, { locations }, t] = await Promise.all([searchParams, clinicLists("all"), getTranslations("admin")]);
  const create = (
    <Button size="sm" asChild>
      <Link href="/admin/locations/new">
        <Plus aria-hidden />
        {t("locations.newTitle")}
      </Link>
    </Button>
  );
  return (
    <StaffPage title={t("locations.title")} lead={t("locations.lead")} actions={create}>
      <DoneNote done={done} />
      {locations.length === 0 ? (
        <EmptyState icon={Building2} title={t("locations.empty")} action={create} />
      ) : (
        <Table
          label={t("locations.title")}
          rows={locations}
          keyOf={({ id }) => id}
          columns={[
            { header: t("fields.name"), cell: ({ id, name }) => <Link href={`/admin/locations/${id}`}>{name}</Link> },
            { header: t("fields.timeZone"), cell: ({ timeZone }) => timeZone.replaceAll("_", " ") },
            { header: t("fields.address"), cell: ({ address }) => address, className: "wraps" },
            { header: t("fields.phone"), cell: ({ phone }) => phone && displayPhone(phone), className: "figures" },
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
