import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { SubmitButton } from "@/components/ui/submit-button";
import { listDoctors } from "@/lib/doctors/queries";
import { formatDate } from "@/lib/format/dates";
import { listGrants } from "@/lib/records/grants";
import type { GrantView } from "@/lib/records/views";
import { revokeAccessAction } from "../actions";
import { type RecordsSearch, readWhose } from "../whose";
import { AllowDoctor } from "./allow-doctor";

const DONE = ["allowed", "ended"] as const;
const MOST = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records.doctors"))("title") };
}

/** Which doctors may read without a visit, and the way to let one. For one's own records only. */
export default async function DoctorsPage({ searchParams }: { searchParams: RecordsSearch }) {
  const { ctx, person, isOwn, search } = await readWhose(searchParams);
  if (!person || !isOwn) notFound();
  const [grants, doctors, t] = await Promise.all([
    listGrants(ctx, { patientId: person.id }),
    listDoctors(ctx, { state: "active", limit: MOST }),
    getTranslations("records"),
  ]);
  const done = DONE.find((known) => known === search.done);
  const items = grants.ok ? grants.value.items : [];
  return (
    <PatientPage
      title={t("doctors.title")}
      lead={t("doctors.lead")}
      crumbs={[{ label: t("mine.title"), href: "/records" }, { label: t("doctors.title") }]}
    >
      {done ? (
        <Alert variant="success" role="status" className="mb-6">
          {t(`doctors.done.${done}`)}
        </Alert>
      ) : null}
      {items.length === 0 ? <p className="text-muted-foreground">{t("doctors.none")}</p> : null}
      <ul className="divide-y border-y empty:hidden">
        {items.map((grant) => (
          <li key={grant.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <Grant grant={grant} />
          </li>
        ))}
      </ul>
      <section aria-labelledby="allow" className="mt-10 grid gap-5 border-t pt-8">
        <h2 id="allow" className="text-xl">
          {t("doctors.allow")}
        </h2>
        <ClientMessages namespaces={["records", "account", "auth"]}>
          <AllowDoctor doctors={doctors.ok ? doctors.value.items.map(({ id, name }) => ({ id, name })) : []} />
        </ClientMessages>
      </section>
    </PatientPage>
  );
}

async function Grant({ grant: { id, doctor, reason, validUntil } }: { grant: GrantView }) {
  const [t, locale] = await Promise.all([getTranslations("records.doctors"), getLocale()]);
  return (
    <>
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-semibold">{doctor.name}</p>
        <p className="text-base break-words text-muted-foreground">
          {reason}
          {validUntil ? ` · ${t("until", { date: formatDate(validUntil, "UTC", locale) })}` : null}
        </p>
      </div>
      <form action={revokeAccessAction}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton variant="secondary" pendingLabel={t("ending")}>
          {t("end")}
          <span className="sr-only"> {t("endFor", { name: doctor.name })}</span>
        </SubmitButton>
      </form>
    </>
  );
}
