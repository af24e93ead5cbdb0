import { Building2, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
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
        <Table label={t("locations.title")}>
          <TableHeader>
            <TableRow>
              <TableHead>{t("fields.name")}</TableHead>
              <TableHead>{t("fields.timeZone")}</TableHead>
              <TableHead>{t("fields.address")}</TableHead>
              <TableHead>{t("fields.phone")}</TableHead>
              <TableHead>{t("state")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {locations.map((location) => (
              <TableRow key={location.id}>
                <TableHead scope="row">
                  <Link href={`/admin/locations/${location.id}`} className="link inline-flex min-h-6 items-center">
                    {location.name}
                  </Link>
                </TableHead>
                <TableCell className="whitespace-nowrap">{location.timeZone.replaceAll("_", " ")}</TableCell>
                <TableCell>{location.address}</TableCell>
                <TableCell className="figures whitespace-nowrap">
                  {location.phone ? displayPhone(location.phone) : ""}
                </TableCell>
                <TableCell>
                  <Badge variant={location.active ? "success" : "neutral"}>{t(location.active ? "on" : "off")}</Badge>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </StaffPage>
  );
}
