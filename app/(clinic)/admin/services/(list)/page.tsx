import { Plus, Tags } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
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
        <Table label={t("services.title")}>
          <TableHeader>
            <TableRow>
              <TableHead>{t("fields.name")}</TableHead>
              <TableHead>{t("fields.modality")}</TableHead>
              <TableHead className="text-end">{t("services.length")}</TableHead>
              <TableHead>{t("fields.minNotice")}</TableHead>
              <TableHead>{t("fields.cancelCutoff")}</TableHead>
              <TableHead>{t("services.who")}</TableHead>
              <TableHead>{t("state")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {services.map((service) => (
              <TableRow key={service.id}>
                <TableHead scope="row">
                  <Link href={`/admin/services/${service.id}`} className="link inline-flex min-h-6 items-center">
                    {service.name}
                  </Link>
                </TableHead>
                <TableCell className="whitespace-nowrap">{t(`modality.${service.modality}`)}</TableCell>
                <TableCell className="figures text-end whitespace-nowrap">{span(service.durationMinutes)}</TableCell>
                <TableCell className="figures whitespace-nowrap">{span(service.minNoticeMinutes)}</TableCell>
                <TableCell className="figures whitespace-nowrap">{span(service.cancelCutoffMinutes)}</TableCell>
                <TableCell>{service.selfBookable ? t("services.patients") : t("services.clinicOnly")}</TableCell>
                <TableCell>
                  <Badge variant={service.active ? "success" : "neutral"}>{t(service.active ? "on" : "off")}</Badge>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </StaffPage>
  );
}
