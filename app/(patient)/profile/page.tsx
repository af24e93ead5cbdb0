import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { CallUs } from "@/app/(public)/find/call-us";
import { isId } from "@/components/find/query";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SummaryList } from "@/components/ui/summary-list";
import { getMe } from "@/lib/accounts/get-me";
import { formatLocalDate } from "@/lib/format/dates";
import { displayPhone } from "@/lib/format/phone";
import { getPreferences } from "@/lib/notifications/preferences";
import { USUAL_QUIET_HOURS } from "@/lib/notifications/quiet-hours";
import type { PreferencesView } from "@/lib/notifications/views";
import { getPatient, representedPatients } from "@/lib/patients/queries";
import type { PatientView } from "@/lib/patients/views";
import { locales } from "@/lib/platform/messages";
import { requireActor } from "@/lib/platform/request";
import { ContactForm } from "./contact-form";
import { PreferencesForm } from "./preferences-form";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
const NOTICES = ["saved"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") };
}

/** One's own data and sign-ins; with `?for=` how somebody is reached whom one looks after. */
export default async function ProfilePage({ searchParams }: Props) {
  const ctx = await requireActor("patient");
  const search = await searchParams;
  const people = await representedPatients(ctx);
  const person = people.find(({ id }) => isId(id) && id === search.for) ?? people[0];
  const isOwn = person?.id === ctx.actor.patientId;
  const [t, patient, me, preferences] = await Promise.all([
    getTranslations("profile"),
    person ? getPatient(ctx, { id: person.id }) : null,
    getMe(ctx),
    isOwn || !person ? getPreferences(ctx) : null,
  ]);
  const notice = NOTICES.find((known) => known === search.notice);
  return (
    <PatientPage title={isOwn || !person ? t("title") : t("titleFor", { name: person.name })}>
      {notice ? (
        <Alert variant="success" role="status" className="mb-8">
          {t(`notice.${notice}`)}
        </Alert>
      ) : null}
      {patient?.ok ? (
        <>
          <Identity patient={patient.value} email={isOwn && me.ok ? me.value.email : null} />
          <div className="mt-2 text-base text-muted-foreground">
            <p>{t("correct")}</p>
            <CallUs ctx={ctx} />
          </div>
          <Contact patient={patient.value} isOwn={isOwn} />
          <Privacy patientId={patient.value.id} />
        </>
      ) : null}
      {preferences?.ok ? <Wishes preferences={preferences.value} /> : null}
      {isOwn || !person ? (
        <section aria-labelledby="security" className="mt-12 border-t pt-8">
          <h2 id="security" className="text-xl">
            {t("security")}
          </h2>
          <p className="mt-1 mb-4 text-muted-foreground">{t("securityBody")}</p>
          <Button variant="secondary" asChild>
            <Link href="/account">{t("securityLink")}</Link>
          </Button>
        </section>
      ) : null}
    </PatientPage>
  );
}

async function Privacy({ patientId }: { patientId: string }) {
  const t = await getTranslations("privacy");
  return (
    <section aria-labelledby="privacy" className="mt-12 border-t pt-8">
      <h2 id="privacy" className="text-xl">
        {t("profileTitle")}
      </h2>
      <p className="mt-1 mb-4 text-muted-foreground">{t("profileBody")}</p>
      <Button variant="secondary" asChild>
        <Link href={`/privacy?for=${patientId}`}>{t("profileLink")}</Link>
      </Button>
    </section>
  );
}

async function Identity({ patient, email }: { patient: PatientView; email: string | null }) {
  const [t, locale] = await Promise.all([getTranslations("profile"), getLocale()]);
  const born = patient.dateOfBirth ? formatLocalDate(patient.dateOfBirth, locale, "date") : "–";
  return (
    <SummaryList
      rows={[
        { id: "name", label: t("name"), value: patient.name },
        { id: "born", label: t("dateOfBirth"), value: born },
        { id: "record", label: t("recordNumber"), value: <span className="figures">{patient.recordNumber}</span> },
        ...(email ? [{ id: "account", label: t("account"), value: email }] : []),
      ]}
    />
  );
}

async function Contact({ patient, isOwn }: { patient: PatientView; isOwn: boolean }) {
  const t = await getTranslations("profile");
  const { id, version, email, phone, address, timeZone, locale } = patient;
  return (
    <section aria-labelledby="contact" className="mt-12 border-t pt-8">
      <h2 id="contact" className="text-xl">
        {t(isOwn ? "contact" : "contactFor")}
      </h2>
      <p className="mt-1 mb-6 text-muted-foreground">{t("contactHint")}</p>
      <ClientMessages namespaces={["profile"]}>
        <ContactForm
          key={version}
          patient={{ id, version, email, phone: phone && displayPhone(phone), address, timeZone, locale }}
          zones={Intl.supportedValuesOf("timeZone")}
          languages={languages()}
          isOwn={isOwn}
        />
      </ClientMessages>
    </section>
  );
}

const languages = () =>
  locales.map((code) => ({ code, name: new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code }));

async function Wishes({ preferences }: { preferences: PreferencesView }) {
  const t = await getTranslations("profile.wishes");
  return (
    <section aria-labelledby="wishes" className="mt-12 border-t pt-8">
      <h2 id="wishes" className="text-xl">
        {t("title")}
      </h2>
      <p className="mt-1 mb-6 text-muted-foreground">{t("hint")}</p>
      <ClientMessages namespaces={["profile", "messages"]}>
        <PreferencesForm preferences={preferences} languages={languages()} usual={USUAL_QUIET_HOURS} />
      </ClientMessages>
    </section>
  );
}
