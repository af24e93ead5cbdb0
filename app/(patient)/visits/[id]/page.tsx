import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { findHref } from "@/components/find/query";
import { PatientPage } from "@/components/shell/page";
import { PhoneLink } from "@/components/shell/phone-link";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { SubmitButton } from "@/components/ui/submit-button";
import { SummaryList } from "@/components/ui/summary-list";
import { ChangeLinks } from "@/components/visits/next-visit";
import { VisitAside } from "@/components/visits/visit-aside";
import { CalendarLink, Confirmed, GetThere, VisitWhen } from "@/components/visits/visit-words";
import type { VisitView } from "@/lib/appointments/views";
import { getService } from "@/lib/clinic/queries";
import { formatDay, formatTime } from "@/lib/format/dates";
import { ConfirmForm } from "../confirm-form";
import { waitForEarlierAction } from "./actions";
import { readVisitPage, type VisitPageProps } from "./read-visit";
import { visitRows } from "./visit-rows";

const NOTICES = ["confirmed", "moved", "cancelled", "unchanged"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("visits.details"))("title") };
}

const ACTIVE: string[] = ["booked", "arrived", "checked_in", "in_progress"];

/** One visit with all that is known of it, and what can be done about it. */
export default async function VisitPage(props: VisitPageProps) {
  const { ctx, visit, search } = await readVisitPage(props);
  const isAhead = visit.status === "booked" && new Date(visit.start) > ctx.now;
  const [t, rows, service] = await Promise.all([
    getTranslations("visits"),
    visitRows(visit),
    getService(ctx, { id: visit.service.id }),
  ]);
  const notice = NOTICES.find((known) => known === search.notice);
  const about = isAhead && service.ok ? service.value.description : null;
  const canRepeat = service.ok && service.value.selfBookable && service.value.active;
  return (
    <PatientPage
      title={t("details.title")}
      crumbs={[{ label: t("title"), href: "/visits" }, { label: t("details.title") }]}
      aside={isAhead ? <Changes visit={visit} /> : canRepeat ? <Again visit={visit} /> : undefined}
    >
      {notice ? (
        <Alert variant={notice === "unchanged" ? "warning" : "success"} role="status" className="mb-6">
          {t(`notice.${notice}`)}
        </Alert>
      ) : null}
      <Ahead visit={visit} now={ctx.now} />
      <SummaryList rows={rows.filter(({ id }) => id !== "when")} />
      {about ? (
        <section className="mt-8">
          <h2 className="mb-1 text-lg">{t("details.about")}</h2>
          <p>{about}</p>
        </section>
      ) : null}
    </PatientPage>
  );
}

/** When it is and how it stands; until it is over, what to do about it. */
function Ahead({ visit, now }: { visit: VisitView; now: Date }) {
  const isOver = !ACTIVE.includes(visit.status) || new Date(visit.end) <= now;
  return (
    <div className="mb-6 grid gap-4 rounded-xl border border-accent-line bg-surface p-5 shadow-raised sm:p-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StatusBadge status={visit.status} audience="patient" />
        {visit.confirmedAt && !isOver ? <Confirmed /> : null}
      </div>
      <VisitWhen visit={visit} large />
      {isOver ? null : (
        <div className="flex flex-wrap items-center gap-3 print:hidden max-sm:[&>*]:w-full">
          <ConfirmForm visit={visit} />
          <GetThere visit={visit} now={now} />
          <CalendarLink id={visit.id} />
        </div>
      )}
    </div>
  );
}

/** Move and cancel with the time until which each is possible; where neither is, why, and whom to call. */
async function Changes({ visit }: { visit: VisitView }) {
  const [t, tRefusal, locale] = await Promise.all([
    getTranslations("visits.details"),
    getTranslations("visits.refusal"),
    getLocale(),
  ]);
  const at = (instant: string) =>
    `${formatTime(instant, visit.timeZone, locale)}, ${formatDay(instant, visit.timeZone, locale)}`;
  const { cancel, reschedule } = visit.allowed;
  const words = { move: at(visit.rescheduleUntil), cancel: at(visit.cancelUntil) };
  const isSame = visit.rescheduleUntil === visit.cancelUntil;
  const until =
    cancel && reschedule
      ? isSame
        ? "untilBoth"
        : "until"
      : cancel
        ? "untilCancel"
        : reschedule
          ? "untilMove"
          : "tooLate";
  const phone = visit.locationPhone;
  return (
    <VisitAside title={t("change")} body={t(until, words)}>
      {reschedule ? <WaitForEarlier id={visit.id} /> : null}
      <ChangeLinks visit={visit} />
      {!cancel && !reschedule && phone ? (
        <p>
          {tRefusal.rich("call", {
            place: visit.location.name,
            phone: () => <PhoneLink phone={phone} />,
          })}
        </p>
      ) : null}
    </VisitAside>
  );
}

async function WaitForEarlier({ id }: { id: string }) {
  const t = await getTranslations("visits.waiting");
  return (
    <form action={waitForEarlierAction} className="grid">
      <input type="hidden" name="id" value={id} />
      <SubmitButton variant="secondary" pendingLabel={t("saving")}>
        {t("waitForEarlier")}
      </SubmitButton>
    </form>
  );
}

async function Again({ visit }: { visit: VisitView }) {
  const t = await getTranslations("visits.details");
  const href = findHref("/find", { service: visit.service.id, for: visit.patient?.id });
  return (
    <VisitAside title={t("again")} body={t("againBody")}>
      <Button variant="secondary" asChild>
        <Link href={href}>{t("againFind")}</Link>
      </Button>
    </VisitAside>
  );
}
