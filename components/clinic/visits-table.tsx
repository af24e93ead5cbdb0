import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { VisitView } from "@/lib/appointments/views";
import { StatusBadge } from "../ui/status-badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table";
import { shortWhen } from "./when";

/** A few visits of one patient, each leading to its page. */
export function VisitsTable({ label, visits, empty }: { label: string; visits: VisitView[]; empty: string }) {
  const t = useTranslations("clinic.appointments.columns");
  const locale = useLocale();
  return (
    <div className="grid gap-1.5">
      <h3 className="text-base">{label}</h3>
      {visits.length === 0 ? (
        <p className="text-sm text-muted-foreground">{empty}</p>
      ) : (
        <Table label={label}>
          <TableHeader>
            <TableRow>
              <TableHead>{t("start")}</TableHead>
              <TableHead>{t("service")}</TableHead>
              <TableHead>{t("doctor")}</TableHead>
              <TableHead>{t("location")}</TableHead>
              <TableHead>{t("status")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {visits.map((visit) => (
              <TableRow key={visit.id}>
                <TableHead scope="row">
                  <Link href={`/appointments/${visit.id}`} className="link inline-flex min-h-6 items-center">
                    {shortWhen(visit.start, visit.timeZone, locale)}
                  </Link>
                </TableHead>
                <TableCell>{visit.service.name}</TableCell>
                <TableCell className="whitespace-nowrap">{visit.doctor.name}</TableCell>
                <TableCell className="whitespace-nowrap">{visit.location.name}</TableCell>
                <TableCell>
                  <StatusBadge status={visit.status} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </div>
  );
}
