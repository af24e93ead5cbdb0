import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { shortWhen } from "@/components/clinic/when";
import { Coding } from "@/components/records/record-words";
import { differences, recordVersions } from "@/lib/records/record-versions";
import type { RecordVersionView } from "@/lib/records/views";
import { RecordsFrame } from "../../frame";
import { readRecordPage } from "../../read-page";

type Props = { params: Promise<{ id: string; recordId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records.versions"))("title") };
}

/** Every wording of a record, the newest first, each with what it changed. */
export default async function VersionsPage({ params }: Props) {
  const [page, t] = await Promise.all([readRecordPage(params), getTranslations("records.versions")]);
  const { ctx, record, patient, zone } = page;
  const found = await recordVersions(ctx, { id: record.id });
  if (!found.ok) notFound();
  const wordings = found.value.items;
  return (
    <RecordsFrame
      page={page}
      title={t("title")}
      crumbs={[{ label: record.title, href: `/patients/${patient.id}/records/${record.id}` }, { label: t("crumb") }]}
    >
      <p className="mb-6 max-w-3xl text-sm text-muted-foreground">{t("lead")}</p>
      <ol className="grid max-w-3xl gap-8">
        {wordings.toReversed().map((wording) => (
          <li key={wording.revision}>
            <Wording
              wording={wording}
              before={wordings.find(({ revision }) => revision === wording.revision - 1)}
              zone={zone}
            />
          </li>
        ))}
      </ol>
    </RecordsFrame>
  );
}

type WordingProps = { wording: RecordVersionView; before: RecordVersionView | undefined; zone: string };

async function Wording({ wording, before, zone }: WordingProps) {
  const [t, locale] = await Promise.all([getTranslations("records.versions"), getLocale()]);
  const { revision, doctor, signedAt, reason, title, body, coding } = wording;
  return (
    <section aria-label={t("nth", { revision })} className="grid gap-2 border-t pt-4">
      <h2 className="text-lg">{t("nth", { revision })}</h2>
      <p className="text-sm text-muted-foreground">
        {[doctor.name, signedAt ? shortWhen(signedAt, zone, locale) : null].filter(Boolean).join(" · ")}
      </p>
      {reason ? <p className="text-sm">{t("because", { reason })}</p> : null}
      <p className="font-semibold">
        <Difference before={before?.title} after={title} />
      </p>
      {coding ? (
        <p className="text-sm">
          <Coding coding={coding} />
        </p>
      ) : null}
      <p className="break-words whitespace-pre-wrap">
        <Difference before={before?.body} after={body} />
      </p>
    </section>
  );
}

/** Added and removed words by mark, line and a word for those who cannot see either. */
async function Difference({ before, after }: { before: string | undefined; after: string }) {
  const t = await getTranslations("records.versions");
  if (before === undefined) return after;
  let at = 0;
  return differences(before, after).map(({ text, change }) => {
    const key = at;
    at += text.length;
    if (change === "same") return text;
    const Mark = change === "added" ? "ins" : "del";
    const look =
      change === "added" ? "bg-success-soft text-success-ink" : "bg-destructive-soft text-destructive-ink line-through";
    return (
      <Mark key={`${key} ${change}`} className={look}>
        <span className="sr-only">{t(change)} </span>
        {text}
      </Mark>
    );
  });
}
