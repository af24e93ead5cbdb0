import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { VisitView } from "@/lib/appointments/views";
import { StatusBadge } from "../ui/status-badge";
import { Table } from "../ui/table";
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
        <Table
          label={label}
          rows={visits}
          keyOf={({ id }) => id}
          columns={[
            {
              header: t("start"),
              cell: ({ id, start, timeZone }) => (
                <Link href={`/appointments/${id}`}>{shortWhen(start, timeZone, locale)}</Link>
              ),
            },
            { header: t("status"), cell: ({ status }) => <StatusBadge status={status} /> },
            { header: t("service"), cell: ({ service }) => service.name, className: "wraps" },
            { header: t("doctor"), cell: ({ doctor }) => doctor.name },
            { header: t("location"), cell: ({ location }) => location.name },
          ]}
        />
      )}
    </div>
  );
}
