import { Plus, Stethoscope } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
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
        <Table label={t("doctors.title")}>
          <TableHeader>
            <TableRow>
              <TableHead>{t("fields.name")}</TableHead>
              <TableHead>{t("fields.specialty")}</TableHead>
              <TableHead>{t("doctors.locations")}</TableHead>
              <TableHead className="text-end">{t("doctors.serviceCount")}</TableHead>
              <TableHead>{t("state")}</TableHead>
              <TableHead>
                <span className="sr-only">{t("doctors.hours")}</span>
              </TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {doctors.map((doctor) => (
              <TableRow key={doctor.id}>
                <TableHead scope="row">
                  <Link href={`/admin/doctors/${doctor.id}`} className="link inline-flex min-h-6 items-center">
                    {doctor.name}
                  </Link>
                </TableHead>
                <TableCell className="whitespace-nowrap">{doctor.specialty}</TableCell>
                <TableCell>{doctor.locationIds.map((id) => places.get(id)).join(", ")}</TableCell>
                <TableCell className="figures text-end">{doctor.serviceIds.length}</TableCell>
                <TableCell>
                  <Badge variant={doctor.active ? "success" : "neutral"}>{t(doctor.active ? "on" : "left")}</Badge>
                </TableCell>
                <TableCell>
                  <Link
                    href={`/admin/doctors/${doctor.id}/hours`}
                    className="link inline-flex min-h-6 items-center whitespace-nowrap"
                  >
                    {t("doctors.hours")} <span className="sr-only">{doctor.name}</span>
                  </Link>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </StaffPage>
  );
}
