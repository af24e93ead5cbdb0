import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { SummaryList, type SummaryRow } from "@/components/ui/summary-list";
import { appointmentHistory } from "@/lib/appointments/appointment-history";
import { getVisit } from "@/lib/appointments/get-appointment";
import type { VisitView } from "@/lib/appointments/views";
import { isUuid } from "@/lib/clinic/queries";
import { formatDay, formatTimeRange, zoneName } from "@/lib/format/dates";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { recordNumbers } from "@/lib/patients/record-numbers";
import { requireActor } from "@/lib/platform/request";
import { NextVisitSection } from "../../_next-visit/next-visit-section";
import { one, type Search } from "../../search-params";
import { CancelForm } from "./cancel-form";
import { History } from "./history";
import { Messages } from "./messages";
import { StatusSteps } from "./status-steps";

type Props = { params: Promise<{ id: string }>; searchParams: Search };
const DONE = ["booked", "moved", "cancelled"] as const;

export async function generateMetadata(): Promise<Metadata> {
  // A tab's title is seen by whoever looks over the shoulder: neither name nor service in it.
  return { title: (await getTranslations("clinic.visit"))("details") };
}

export default async function VisitPage({ params, searchParams }: Props) {
  const ctx = await requireActor("doctor", "receptionist", "admin");
  const [{ id }, search, t, tMessages] = await Promise.all([
    params,
    searchParams,
    getTranslations("clinic"),
    getTranslations("messages"),
  ]);
  if (!isUuid(id)) notFound();
  const [found, history, messages] = await Promise.all([
    getVisit(ctx, { id }),
    appointmentHistory(ctx, { id }),
    listNotifications(ctx, { appointmentId: id, limit: 100 }),
  ]);
  if (!found.ok) notFound();
  const visit = found.value;
  const numbers = await recordNumbers(ctx, visit.patient ? [visit.patient.id] : []);
  const recordNumber = visit.patient ? numbers.get(visit.patient.id) : undefined;
  const done = DONE.find((known) => known === one(search.done));
  const next = visit.nextStatuses.filter((status) => status !== "cancelled");
  const title = t("visit.title", {
    service: visit.service.name,
    name: visit.patient?.name ?? t("appointments.unnamed"),
  });
  return (
    <StaffPage
      title={title}
      crumbs={[{ label: t("appointments.title"), href: "/appointments" }, { label: visit.reference }]}
      actions={
        visit.allowed.reschedule ? (
          <Button variant="secondary" size="sm" asChild>
            <Link href={`/appointments/${id}/move`}>
              <CalendarClock aria-hidden />
              {t("visit.moveAnother")}
            </Link>
          </Button>
        ) : null
      }
    >
      {done ? (
        <Alert variant="success" role="status" className="mb-4">
          {t(`visit.done.${done}`)}
        </Alert>
      ) : null}
      <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
        <div className="grid gap-6">
          <section aria-labelledby="next-steps" className="grid gap-3">
            <h2 id="next-steps" className="sr-only">
              {t("visit.next")}
            </h2>
            <div className="flex flex-wrap items-center gap-3">
              <StatusBadge status={visit.status} />
              {next.length > 0 ? <StatusSteps id={id} version={visit.version} next={next} /> : null}
            </div>
            {visit.nextStatuses.length === 0 ? (
              <p className="text-sm text-muted-foreground">{t("visit.nothingNext")}</p>
            ) : null}
          </section>
          <NextVisitSection ctx={ctx} visit={visit} />
          <section aria-labelledby="details">
            <h2 id="details" className="mb-2 text-lg">
              {t("visit.details")}
            </h2>
            <Details visit={visit} recordNumber={recordNumber} />
          </section>
          <section aria-labelledby="messages">
            <h2 id="messages" className="mb-2 text-lg">
              {tMessages("heading")}
            </h2>
            <Messages items={messages.ok ? messages.value.items : []} timeZone={visit.timeZone} />
          </section>
          {visit.allowed.cancel ? <CancelForm id={id} version={visit.version} /> : null}
        </div>
        <section aria-labelledby="history">
          <h2 id="history" className="mb-3 text-lg">
            {t("visit.history")}
          </h2>
          <History events={history.ok ? history.value.items : []} timeZone={visit.timeZone} userId={ctx.actor.userId} />
        </section>
      </div>
    </StaffPage>
  );
}

async function Details({ visit, recordNumber }: { visit: VisitView; recordNumber: string | undefined }) {
  const [t, locale] = await Promise.all([getTranslations("clinic"), getLocale()]);
  const zone = zoneName(visit.timeZone, visit.start, locale);
  const day = (at: string) => formatDay(at, visit.timeZone, locale);
  const row = (id: string, value: SummaryRow["value"] | null): SummaryRow[] =>
    value === null || value === "" ? [] : [{ id, label: t(`visit.rows.${id}`), value }];
  return (
    <SummaryList
      className="text-sm"
      rows={[
        ...row(
          "when",
          <>
            {day(visit.start)}
            <br />
            {t("visit.zone", { range: formatTimeRange(visit.start, visit.end, visit.timeZone, locale), zone })}
          </>,
        ),
        ...row(
          "patient",
          visit.patient ? (
            <>
              <Link href={`/patients/${visit.patient.id}`} className="link">
                {visit.patient.name}
              </Link>{" "}
              <span className="figures text-muted-foreground">{recordNumber}</span>
            </>
          ) : null,
        ),
        ...row("service", visit.service.name),
        ...row("doctor", visit.doctor.name),
        ...row("location", visit.location.name),
        ...row("room", visit.room?.name ?? null),
        ...row("modality", t(`modality.${visit.modality}`)),
        ...row("reference", <span className="figures">{visit.reference}</span>),
        ...row("confirmed", visit.confirmedAt ? day(visit.confirmedAt) : t("visit.notConfirmed")),
        ...row("reason", visit.reason),
        ...row("override", visit.overrideReason),
        ...row("moves", visit.rescheduleCount > 0 ? String(visit.rescheduleCount) : null),
      ]}
    />
  );
}
