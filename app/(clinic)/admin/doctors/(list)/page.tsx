import { Plus, Stethoscope } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table } from "@/components/ui/table";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../../clinic-lists";
import type { Search } from "../../../search-params";
import { DoneNote } from "../../done-note";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.doctors"))("title") };
}

export default async function DoctorsPage({ searchParams }: { searchParams: Search }) {
  await requireActor("admin");
  const [{ done }, { doctors, locations }, t] = await Promise.all([
    searchParams,
    clinicLists("all"),
    getTranslations("admin"),
  ]);
  const places = new Map(locations.map(({ id, name }) => [id, name]));
  const create = (
    <Button size="sm" asChild>
      <Link href="/admin/doctors/new">
        <Plus aria-hidden />
        {t("doctors.newTitle")}
      </Link>
    </Button>
  );
  return (
    <StaffPage title={t("doctors.title")} lead={t("doctors.lead")} actions={create}>
      <DoneNote done={done} />
      {doctors.length === 0 ? (
        <EmptyState icon={Stethoscope} title={t("doctors.empty")} action={create} />
      ) : (
        <Table
          label={t("doctors.title")}
          rows={doctors}
          keyOf={({ id }) => id}
          columns={[
            { header: t("fields.name"), cell: ({ id, name }) => <Link href={`/admin/doctors/${id}`}>{name}</Link> },
            { header: t("fields.specialty"), cell: ({ specialty }) => specialty },
            {
              header: t("doctors.locations"),
              cell: ({ locationIds }) => locationIds.map((id) => places.get(id)).join(", "),
              className: "wraps",
            },
            { header: t("doctors.serviceCount"), cell: ({ serviceIds }) => serviceIds.length, numeric: true },
            {
              header: t("state"),
              cell: ({ active }) => <Badge variant={active ? "success" : "neutral"}>{t(active ? "on" : "left")}</Badge>,
            },
            {
              header: t("doctors.hours"),
              cell: ({ id, name }) => (
                <Link href={`/admin/doctors/${id}/hours`}>
                  {t("doctors.changeHours")} <span className="sr-only">{t("doctors.hoursOf", { name })}</span>
                </Link>
              ),
            },
          ]}
        />
      )}
    </StaffPage>
  );
}
