import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PatientPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { StatusBadge } from "@/components/ui/status-badge";
import { SummaryList } from "@/components/ui/summary-list";
import { ChangeLinks } from "@/components/visits/next-visit";
import { CalendarLink, Confirmed, GetThere } from "@/components/visits/visit-words";
import type { VisitView } from "@/lib/appointments/views";
import { getService } from "@/lib/clinic/queries";
import { formatDay, formatTime } from "@/lib/format/dates";
import { ConfirmForm } from "../confirm-form";
import { readVisitPage, type VisitPageProps } from "./read-visit";
import { visitRows } from "./visit-rows";

const NOTICES = ["confirmed", "moved", "cancelled", "unchanged"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("visits.details"))("title") };
}

/** One visit with all that is known of it, and what can be done about it. */
export default async function VisitPage(props: VisitPageProps) {
  const { ctx, visit, search } = await readVisitPage(props);
  const isAhead = visit.status === "booked" && new Date(visit.start) > ctx.now;
  const [t, rows, service] = await Promise.all([
    getTranslations("visits"),
    visitRows(visit, isAhead),
    getService(ctx, { id: visit.service.id }),
  ]);
  const notice = NOTICES.find((known) => known === search.notice);
  const prepare = isAhead && service.ok ? service.value.description : null;
  return (
    <PatientPage
      title={t("details.title")}
      crumbs={[{ label: t("title"), href: "/visits" }, { label: t("details.title") }]}
    >
      {notice ? (
        <Alert variant={notice === "unchanged" ? "warning" : "success"} role="status" className="mb-6">
          {t(`notice.${notice}`)}
        </Alert>
      ) : null}
      <div className="mb-4 flex flex-wrap items-center gap-4">
        <StatusBadge status={visit.status} audience="patient" />
        {visit.confirmedAt && isAhead ? <Confirmed /> : null}
      </div>
      <SummaryList rows={rows} />
      {prepare ? (
        <section className="mt-8">
          <h2 className="mb-1 text-lg">{t("details.prepare")}</h2>
          <p>{prepare}</p>
        </section>
      ) : null}
      {isAhead ? (
        <div className="mt-8 flex flex-wrap items-center gap-3 print:hidden">
          <ConfirmForm visit={visit} />
          <GetThere visit={visit} />
          <CalendarLink id={visit.id} />
        </div>
      ) : null}
      {isAhead ? <Changes visit={visit} /> : null}
    </PatientPage>
  );
}

/** Move and cancel with the time until which each is possible; where neither is, why, and whom to call. */
async function Changes({ visit }: { visit: VisitView }) {
  const [t, locale] = await Promise.all([getTranslations("visits.details"), getLocale()]);
  const at = (instant: string) =>
    `${formatTime(instant, visit.timeZone, locale)}, ${formatDay(instant, visit.timeZone, locale)}`;
  const { cancel, reschedule } = visit.allowed;
  const words = { move: at(visit.rescheduleUntil), cancel: at(visit.cancelUntil) };
  const until = cancel && reschedule ? "until" : cancel ? "untilCancel" : reschedule ? "untilMove" : "tooLate";
  return (
    <section className="mt-10 border-t pt-6 print:hidden">
      <h2 className="mb-1 text-lg">{t("change")}</h2>
      <p className="text-muted-foreground">{t(until, words)}</p>
      <div className="mt-4 flex flex-wrap gap-3">
        <ChangeLinks visit={visit} />
      </div>
    </section>
  );
}
