import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { readerZone } from "@/app/reader-zone";
import { isId } from "@/components/find/query";
import { RecordFiles } from "@/components/records/record-files";
import { Coding } from "@/components/records/record-words";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { SummaryList, type SummaryRow } from "@/components/ui/summary-list";
import { PrintButton } from "@/components/visits/print-button";
import { formatDay } from "@/lib/format/dates";
import { representedPatients } from "@/lib/patients/queries";
import { requireActor } from "@/lib/platform/request";
import { getRecord } from "@/lib/records/get-record";
import type { RecordsSearch } from "../whose";

type Props = { params: Promise<{ id: string }>; searchParams: RecordsSearch };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records"))("one") };
}

/** One released record. Where the account reads for several people, the address is made to say whose it is. */
export default async function MyRecordPage({ params, searchParams }: Props) {
  const ctx = await requireActor("patient");
  const [{ id }, search] = await Promise.all([params, searchParams]);
  if (!isId(id)) notFound();
  const [found, people, zone] = await Promise.all([getRecord(ctx, { id }), representedPatients(ctx), readerZone(ctx)]);
  if (!found.ok) notFound();
  const record = found.value;
  const person = people.find((one) => one.id === record.patientId);
  if (person && person.relationship !== "self" && search.for !== person.id) redirect(`/records/${id}?for=${person.id}`);
  const [t, locale] = await Promise.all([getTranslations("records"), getLocale()]);
  const { kind, title, body, coding, doctor, occurredAt, status, resolvedAt, attachments } = record;
  const rows: (SummaryRow | null)[] = [
    person ? { id: "for", label: t("mine.for"), value: person.name } : null,
    { id: "kind", label: t("mine.kind"), value: t(`plainKind.${kind}`) },
    { id: "when", label: t("facts.when"), value: formatDay(occurredAt, zone, locale) },
    { id: "doctor", label: t("facts.doctor"), value: doctor.name },
    coding ? { id: "coding", label: t("mine.coding"), value: <Coding coding={coding} /> } : null,
    resolvedAt ? { id: "ended", label: t("resolved"), value: formatDay(resolvedAt, zone, locale) } : null,
  ];
  const list = `/records${person && person.relationship !== "self" ? `?for=${person.id}` : ""}`;
  return (
    <PatientPage title={title} crumbs={[{ label: t("mine.title"), href: list }, { label: t(`plainKind.${kind}`) }]}>
      <article className="grid gap-8">
        <p className="break-words whitespace-pre-wrap">{body}</p>
        {status === "amended" ? <p className="text-base text-muted-foreground">{t("mine.amended")}</p> : null}
        {attachments.length > 0 ? (
          <section aria-labelledby="files">
            <h2 id="files" className="mb-2 text-xl">
              {t("files.title")}
            </h2>
            <RecordFiles files={attachments} />
          </section>
        ) : null}
        <SummaryList rows={rows.filter((row) => row !== null)} />
        <div className="flex flex-wrap items-center gap-4 print:hidden">
          <ClientMessages namespaces={["visits"]}>
            <PrintButton />
          </ClientMessages>
          <p className="text-base text-muted-foreground">{t("mine.ask")}</p>
        </div>
      </article>
    </PatientPage>
  );
}
