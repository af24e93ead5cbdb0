import { CalendarHeart } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isId } from "@/components/find/query";
import { PatientPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { NextVisit } from "@/components/visits/next-visit";
import { VisitList } from "@/components/visits/visit-list";
import type { VisitView } from "@/lib/appointments/views";
import { patientVisits } from "@/lib/appointments/visit-lists";
import { representedPatients } from "@/lib/patients/queries";
import type { Context } from "@/lib/platform/context";
import { requireActor } from "@/lib/platform/request";
import { lookAtOffer } from "@/lib/waitlist/look-at-offer";
import { ComeAgain } from "./come-again";
import { ConfirmForm } from "./confirm-form";
import { Late, lateHref } from "./late";
import { WaitingList } from "./waiting-list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
const AHEAD = 100;
const PAST = 10;
const NOTICES = ["accepted", "declined", "enough", "late", "left", "unchanged", "waiting"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("visits"))("title") };
}

/** The next visit large, the rest by month, then what has been; of one person (`?for=`) or of everybody. */
export default async function VisitsPage({ searchParams }: Props) {
  const ctx = await requireActor("patient");
  const search = await searchParams;
  await followOffer(ctx, search.offer);
  const cursor = typeof search.before === "string" ? search.before : undefined;
  const [people, t] = await Promise.all([representedPatients(ctx), getTranslations("visits")]);
  const person = people.find(({ id }) => isId(id) && id === search.for);
  const who = person ? { patientId: person.id } : {};
  const [ahead, past] = await Promise.all([
    patientVisits(ctx, { when: "upcoming", limit: AHEAD, ...who }),
    patientVisits(ctx, { when: "past", limit: PAST, cursor, ...who }).then((page) =>
      page.ok ? page : patientVisits(ctx, { when: "past", limit: PAST, ...who }),
    ),
  ]);
  const upcoming = ahead.ok ? ahead.value.items : [];
  const next = upcoming.find(({ status }) => status !== "cancelled" && status !== "no_show");
  const later = upcoming.filter((visit) => visit !== next);
  const showsPerson = people.length > 1 && !person;
  const findHref = person ? `/find?for=${person.id}` : "/find";
  const notice = NOTICES.find((known) => known === search.notice);
  const bookable = new Set(people.flatMap(({ id, capabilities }) => (capabilities.includes("book") ? [id] : [])));
  const isOwn = !person || person.relationship === "self";
  return (
    <PatientPage title={isOwn ? t("title") : t("titleFor", { name: person.name })}>
      {notice === "late" ? <Late ctx={ctx} search={search} /> : notice ? <Notice notice={notice} /> : null}
      {cursor ? null : <WaitingList ctx={ctx} patientId={person?.id} showsPerson={showsPerson} />}
      {cursor ? null : next ? (
        <NextVisit visit={next} now={ctx.now} confirm={<ConfirmForm visit={next} />} />
      ) : (
        <NothingAhead href={findHref} />
      )}
      {cursor ? null : (
        <ComeAgain ctx={ctx} patientId={person?.id} bookable={bookable} showsPerson={people.length > 1} />
      )}
      {later.length > 0 && !cursor ? (
        <Section id="later" title={t("later")} visits={later} showsPerson={showsPerson} />
      ) : null}
      {next && !cursor ? (
        <Button variant="secondary" asChild className="mb-12">
          <Link href={findHref}>{t("bookAnother")}</Link>
        </Button>
      ) : null}
      {past.ok && past.value.items.length > 0 ? (
        <Section id="past" title={t("past")} visits={past.value.items} showsPerson={showsPerson} />
      ) : cursor ? (
        <p className="mb-8">{t("noPast")}</p>
      ) : null}
      <Pages person={person?.id} cursor={cursor} next={past.ok ? past.value.nextCursor : null} />
    </PatientPage>
  );
}

/** A message's link leads to an offer. What is open stands on the page; who comes too late is told so, and of other times. */
async function followOffer(ctx: Context, id: string | string[] | undefined): Promise<void> {
  if (typeof id !== "string" || !isId(id)) return;
  const offer = await lookAtOffer(ctx, { id });
  if (!offer.ok || offer.value.state !== "over") return;
  const { serviceId, patientId, earlierThanId, nearest } = offer.value;
  redirect(lateHref({ service: serviceId, patient: patientId, visit: earlierThanId }, nearest));
}

/** How what was just pressed has gone. */
async function Notice({ notice }: { notice: Exclude<(typeof NOTICES)[number], "late"> }) {
  const t = await getTranslations("visits");
  const isBad = notice === "enough" || notice === "unchanged";
  return (
    <Alert variant={isBad ? "warning" : "success"} role="status" className="mb-8">
      {notice === "unchanged" ? t("notice.unchanged") : t(`waiting.notice.${notice}`)}
    </Alert>
  );
}

type SectionProps = { id: string; title: string; visits: VisitView[]; showsPerson: boolean };

const Section = ({ id, title, visits, showsPerson }: SectionProps) => (
  <section aria-labelledby={id} className="mb-10">
    <h2 id={id} className="mb-4 text-xl">
      {title}
    </h2>
    <VisitList visits={visits} showsPerson={showsPerson} />
  </section>
);

async function NothingAhead({ href }: { href: string }) {
  const t = await getTranslations("visits");
  return (
    <EmptyState
      icon={CalendarHeart}
      title={t("empty")}
      className="mb-12"
      action={
        <Button size="lg" asChild>
          <Link href={href}>{t("find")}</Link>
        </Button>
      }
    >
      {t("emptyBody")}
    </EmptyState>
  );
}

async function Pages({ person, cursor, next }: { person?: string; cursor?: string; next: string | null }) {
  const t = await getTranslations("visits");
  const href = (before?: string) => {
    const search = new URLSearchParams({
      ...(person ? { for: person } : {}),
      ...(before ? { before } : {}),
    }).toString();
    return search ? `/visits?${search}` : "/visits";
  };
  const link = "link inline-flex min-h-11 items-center";
  return (
    <p className="flex flex-wrap gap-6">
      {next ? (
        <Link href={href(next)} className={link}>
          {t("older")}
        </Link>
      ) : null}
      {cursor ? (
        <Link href={href()} className={link}>
          {t("newest")}
        </Link>
      ) : null}
    </p>
  );
}
