import { FilePen, History } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { shortWhen } from "@/components/clinic/when";
import { RecordFiles } from "@/components/records/record-files";
import { Coding, RecordBadges } from "@/components/records/record-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SummaryList, type SummaryRow } from "@/components/ui/summary-list";
import { formatDay, formatTime } from "@/lib/format/dates";
import type { RecordView } from "@/lib/records/views";
import { one, type Search } from "../../../../search-params";
import { RecordsFrame } from "../frame";
import { isCoded } from "../kinds";
import { readRecordPage } from "../read-page";
import { ReasonForm, ReleaseForm, ResolveForm } from "./record-forms";

type Props = { params: Promise<{ id: string; recordId: string }>; searchParams: Search };
const DONE = ["signed", "signedReleased", "amended", "released", "withheld", "inError", "resolved"] as const;

export async function generateMetadata(): Promise<Metadata> {
  // A tab's title is seen by whoever looks over the shoulder: no diagnosis in it.
  return { title: (await getTranslations("records"))("one") };
}

/** One record as it stands, and all that can be done with it. */
export default async function RecordPage({ params, searchParams }: Props) {
  const [page, search, t] = await Promise.all([readRecordPage(params), searchParams, getTranslations("records")]);
  const { record, patient, zone } = page;
  const href = `/patients/${patient.id}/records/${record.id}`;
  if (record.status === "draft") redirect(`${href}/write`);
  const done = DONE.find((known) => known === one(search.done));
  const isStanding = record.status !== "entered_in_error";
  return (
    <RecordsFrame
      page={page}
      title={record.title}
      crumbs={[{ label: t(`kind.${record.kind}`) }]}
      actions={
        <>
          {record.revision > 1 ? (
            <Button variant="secondary" size="sm" asChild>
              <Link href={`${href}/versions`}>
                <History aria-hidden />
                {t("versions.link", { count: record.revision - 1 })}
              </Link>
            </Button>
          ) : null}
          {isStanding ? (
            <Button size="sm" variant="secondary" asChild>
              <Link href={`${href}/amend`}>
                <FilePen aria-hidden />
                {t("amend.link")}
              </Link>
            </Button>
          ) : null}
        </>
      }
    >
      {done ? (
        <Alert variant="success" role="status" className="mb-4">
          {t(`done.${done}`)}
        </Alert>
      ) : null}
      <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,2fr)_minmax(20rem,1fr)]">
        <article className="grid min-w-0 gap-5">
          <p className="flex flex-wrap gap-2">
            <RecordBadges record={record} />
          </p>
          {record.errorReason ? (
            <Alert variant="danger" title={t("status.entered_in_error")}>
              {record.errorReason}
            </Alert>
          ) : null}
          <p className="max-w-3xl break-words whitespace-pre-wrap">{record.body}</p>
          {record.attachments.length > 0 ? (
            <section aria-labelledby="files">
              <h2 id="files" className="mb-2 text-lg">
                {t("files.title")}
              </h2>
              <RecordFiles files={record.attachments} />
            </section>
          ) : null}
          <Facts record={record} zone={zone} />
        </article>
        {isStanding ? <Changes record={record} /> : null}
      </div>
    </RecordsFrame>
  );
}

async function Facts({ record, zone }: { record: RecordView; zone: string }) {
  const [t, locale] = await Promise.all([getTranslations("records"), getLocale()]);
  const when = (at: string) => shortWhen(at, zone, locale);
  const { occurredAt, doctor, coding, appointmentId, signedAt, releasedAt, resolvedAt, amendReason } = record;
  const rows: (SummaryRow | null)[] = [
    {
      id: "when",
      label: t("facts.when"),
      value: `${formatDay(occurredAt, zone, locale)}, ${formatTime(occurredAt, zone, locale)}`,
    },
    { id: "doctor", label: t("facts.doctor"), value: doctor.name },
    coding ? { id: "coding", label: t("facts.coding"), value: <Coding coding={coding} /> } : null,
    appointmentId
      ? {
          id: "visit",
          label: t("facts.visit"),
          value: (
            <Link href={`/appointments/${appointmentId}`} className="link">
              {t("facts.openVisit")}
            </Link>
          ),
        }
      : null,
    signedAt ? { id: "signed", label: t("facts.signed"), value: when(signedAt) } : null,
    amendReason ? { id: "amended", label: t("facts.amended"), value: amendReason } : null,
    releasedAt ? { id: "released", label: t("facts.released"), value: when(releasedAt) } : null,
    resolvedAt ? { id: "resolved", label: t("resolved"), value: when(resolvedAt) } : null,
  ];
  return <SummaryList className="text-sm" rows={rows.filter((row) => row !== null)} />;
}

async function Changes({ record }: { record: RecordView }) {
  const t = await getTranslations("records");
  const { id, version, patientId, release, kind, resolvedAt } = record;
  const changed = { id, version, patientId };
  return (
    <div className="grid gap-6 print:hidden">
      <section aria-labelledby="release" className="grid gap-3">
        <h2 id="release" className="text-lg">
          {t("change.patient")}
        </h2>
        <p className="text-sm">{t(`change.is.${release}`)}</p>
        {record.withheldReason ? <p className="text-sm text-muted-foreground">{record.withheldReason}</p> : null}
        {release === "released" ? null : <ReleaseForm record={changed} />}
        {release === "withheld" ? null : <ReasonForm record={changed} what="withhold" />}
      </section>
      <section aria-labelledby="change" className="grid gap-3">
        <h2 id="change" className="text-lg">
          {t("change.title")}
        </h2>
        {isCoded(kind) && kind !== "vaccination" ? (
          <ResolveForm record={changed} isResolved={resolvedAt !== null} />
        ) : null}
        <ReasonForm record={changed} what="error" />
      </section>
    </div>
  );
}
