import { FileJson, FileText, FolderLock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { readerZone } from "@/app/reader-zone";
import { PatientPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatDate } from "@/lib/format/dates";
import { patientErasures } from "@/lib/privacy/erasure-requests";
import { listConsents } from "@/lib/privacy/list-consents";
import type { ConsentView, ErasureView } from "@/lib/privacy/views";
import { type RecordsSearch, readWhose } from "../records/whose";
import { askErasureAction, setConsentAction } from "./actions";

const DONE = ["given", "withdrawn", "read", "asked"] as const;
type Person = { patientId: string; isOwn: boolean };
type Dated = Person & { dateOf: (instant: string) => string };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy"))("title") };
}

/** What is kept, what was agreed to, and the request to be erased; of the account itself or of one it stands for (`?for=`). */
export default async function PrivacyPage({ searchParams }: { searchParams: RecordsSearch }) {
  const { ctx, person, isOwn, mayRead, search } = await readWhose(searchParams);
  const [t, locale, zone] = await Promise.all([getTranslations("privacy"), getLocale(), readerZone(ctx)]);
  const [consents, erasures] = await Promise.all([
    person ? listConsents(ctx, { patientId: person.id }) : null,
    person && mayRead ? patientErasures(ctx, { patientId: person.id }) : [],
  ]);
  const done = DONE.find((known) => known === search.done);
  const one = { patientId: person?.id ?? "", isOwn, dateOf: (at: string) => formatDate(at, zone, locale) };
  const mayDecide = person?.capabilities.includes("book") ?? false;
  return (
    <PatientPage title={isOwn || !person ? t("title") : t("titleFor", { name: person.name })} lead={t("lead")}>
      {done ? (
        <Alert variant="success" role="status" className="mb-8">
          {t(`done.${done}`)}
        </Alert>
      ) : null}
      <div className="grid gap-12">
        {person && mayRead ? (
          <Export {...one} />
        ) : (
          <EmptyState icon={FolderLock} title={t("notAllowed", { name: person?.name ?? "" })}>
            {t("notAllowedBody")}
          </EmptyState>
        )}
        {consents?.ok ? <Consents {...one} consents={consents.value.items} mayDecide={mayDecide} /> : null}
        {person && mayRead ? <Erasure {...one} erasures={erasures} /> : null}
      </div>
    </PatientPage>
  );
}

async function Export({ patientId, isOwn }: Person) {
  const t = await getTranslations("privacy.export");
  const hrefOf = (form: string) => `/privacy/data?for=${patientId}&as=${form}`;
  return (
    <section aria-labelledby="export" className="grid gap-4">
      <div>
        <h2 id="export" className="text-xl">
          {t(isOwn ? "title" : "titleFor")}
        </h2>
        <p className="mt-1 text-muted-foreground">{t("body")}</p>
      </div>
      <div className="grid justify-items-start gap-3">
        <Button size="lg" asChild>
          <a href={hrefOf("html")}>
            <FileText aria-hidden />
            {t("page")}
          </a>
        </Button>
        <a href={hrefOf("json")} className="link inline-flex min-h-11 items-center gap-2">
          <FileJson aria-hidden className="size-5" />
          {t("json")}
        </a>
      </div>
      <p className="text-base text-muted-foreground">{t("files")}</p>
    </section>
  );
}

async function Consents({ consents, mayDecide, ...one }: Dated & { consents: ConsentView[]; mayDecide: boolean }) {
  const t = await getTranslations("privacy.consents");
  return (
    <section aria-labelledby="consents" className="grid gap-4 border-t pt-8">
      <h2 id="consents" className="text-xl">
        {t(one.isOwn ? "title" : "titleFor")}
      </h2>
      <ul className="divide-y border-t">
        {consents.map((consent) => (
          <li key={consent.kind} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
            <Consent {...one} consent={consent} mayDecide={mayDecide} />
          </li>
        ))}
      </ul>
    </section>
  );
}

async function Consent({
  consent,
  mayDecide,
  patientId,
  dateOf,
}: Dated & { consent: ConsentView; mayDecide: boolean }) {
  const t = await getTranslations("privacy.consents");
  const { kind, given, canBeWithdrawn, history } = consent;
  const [latest] = history;
  const since = latest ? dateOf(latest.at) : "";
  const isNotice = kind === "privacy_notice";
  const state = latest ? t(isNotice ? "read" : latest.decision, { date: since }) : t(isNotice ? "unread" : "never");
  return (
    <>
      <div className="grid min-w-0 flex-1 basis-64 gap-1">
        <h3 id={`consent-${kind}`} className="font-semibold">
          {t(`${kind}.name`)}
        </h3>
        <p className="text-muted-foreground">{t(`${kind}.body`)}</p>
        {isNotice ? (
          <Link href="/privacy-notice" className="link inline-flex min-h-11 items-center justify-self-start">
            {t("privacy_notice.link")}
          </Link>
        ) : null}
        <p className="text-base">{state}</p>
      </div>
      {mayDecide && (!given || canBeWithdrawn) ? (
        <form action={setConsentAction}>
          <input type="hidden" name="patientId" value={patientId} />
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="given" value={String(!given)} />
          <SubmitButton variant="secondary" pendingLabel={t("saving")} aria-describedby={`consent-${kind}`}>
            {t(isNotice ? "confirmRead" : given ? "withdraw" : "give")}
          </SubmitButton>
        </form>
      ) : null}
    </>
  );
}

async function Erasure({ erasures, patientId, isOwn, dateOf }: Dated & { erasures: ErasureView[] }) {
  const t = await getTranslations("privacy.erasure");
  const isOpen = erasures.some(({ status }) => status === "requested");
  const wordsOf = ({ id, status, requestedAt, decidedAt, refusal }: ErasureView) => {
    const [date, decided] = [dateOf(requestedAt), decidedAt ? dateOf(decidedAt) : ""];
    if (status === "requested") return t("open", { date });
    if (status === "done") return t("done", { date: decided, id });
    return t("refused", { date, decided, reason: t(`refusal.${refusal ?? "legal_duty"}`) });
  };
  return (
    <section aria-labelledby="erasure" className="grid gap-4 border-t pt-8">
      <div>
        <h2 id="erasure" className="text-xl">
          {t(isOwn ? "title" : "titleFor")}
        </h2>
        <p className="mt-1 text-muted-foreground">{t("body")}</p>
      </div>
      <ul className="grid gap-2 empty:hidden">
        {erasures.map((erasure) => (
          <li key={erasure.id} className="break-words">
            {wordsOf(erasure)}
          </li>
        ))}
      </ul>
      {isOpen ? null : (
        <form action={askErasureAction}>
          <input type="hidden" name="patientId" value={patientId} />
          <SubmitButton variant="secondary" pendingLabel={t("asking")}>
            {t(isOwn ? "ask" : "askFor")}
          </SubmitButton>
        </form>
      )}
    </section>
  );
}
