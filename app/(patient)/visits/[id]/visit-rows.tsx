import { getTranslations } from "next-intl/server";
import type { SummaryRow } from "@/components/ui/summary-list";
import { VisitWhen, VisitWhere } from "@/components/visits/visit-words";
import type { VisitView } from "@/lib/appointments/views";

/** What a visit is, row by row. */
export async function visitRows(visit: VisitView): Promise<SummaryRow[]> {
  const t = await getTranslations("visits");
  const rows: (SummaryRow | null)[] = [
    { id: "when", label: t("details.when"), value: <VisitWhen visit={visit} /> },
    visit.patient ? { id: "for", label: t("details.for"), value: visit.patient.name } : null,
    { id: "what", label: t("details.what"), value: visit.service.name },
    { id: "with", label: t("details.with"), value: visit.doctor.name },
    { id: "where", label: t("details.where"), value: <VisitWhere visit={visit} /> },
    visit.reason
      ? {
          id: "reason",
          label: t("details.ownWords"),
          value: <span className="whitespace-pre-line">{visit.reason}</span>,
        }
      : null,
    { id: "reference", label: t("reference"), value: <span className="figures">{visit.reference}</span> },
  ];
  return rows.filter((row): row is SummaryRow => row !== null);
}
