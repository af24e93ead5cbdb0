import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { SummaryList } from "@/components/ui/summary-list";
import { ForgetReason } from "@/components/visits/forget-reason";
import { ChangeLinks } from "@/components/visits/next-visit";
import { PrintButton } from "@/components/visits/print-button";
import { VisitAside } from "@/components/visits/visit-aside";
import { CalendarLink } from "@/components/visits/visit-words";
import type { VisitView } from "@/lib/appointments/views";
import { readVisitPage, type VisitPageProps } from "../read-visit";
import { visitRows } from "../visit-rows";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("visits.booked"))("title") };
}

/** It is booked: the reference, what happens next, and what to do with it. */
export default async function BookedPage(props: VisitPageProps) {
  const { visit, person } = await readVisitPage(props, "/booked");
  const [t, rows] = await Promise.all([getTranslations("visits"), visitRows(visit)]);
  const steps = ["mail", "remind", visit.modality] as const;
  return (
    <PatientPage
      head={<BookedHead visit={visit} name={person && person.relationship !== "self" ? person.name : null} />}
      aside={
        <VisitAside title={t("booked.keep")}>
          <CalendarLink id={visit.id} />
          <ClientMessages namespaces={["visits"]}>
            <PrintButton />
          </ClientMessages>
          <ChangeLinks visit={visit} />
        </VisitAside>
      }
    >
      <ForgetReason />
      <SummaryList rows={rows.filter(({ id }) => id !== "reference")} />
      <section className="mt-8">
        <h2 className="mb-2 text-lg">{t("booked.nextTitle")}</h2>
        <ol className="ms-5 grid list-decimal gap-1.5">
          {steps.map((step) => (
            <li key={step}>{t(`booked.next.${step}`)}</li>
          ))}
        </ol>
      </section>
      <p className="mt-8 print:hidden">
        <Button asChild size="lg" className="max-sm:w-full">
          <Link href="/visits">{t("booked.all")}</Link>
        </Button>
      </p>
    </PatientPage>
  );
}

async function BookedHead({ visit, name }: { visit: VisitView; name: string | null }) {
  const t = await getTranslations("visits.booked");
  return (
    <header className="mb-6 grid gap-4 rounded-xl bg-primary p-6 text-primary-foreground sm:p-8 print:border print:bg-transparent print:p-4 print:text-foreground">
      <h1 className="flex items-start gap-3 text-2xl">
        <CircleCheck aria-hidden className="mt-0.5 size-9 shrink-0" />
        {name ? t("titleFor", { name }) : t("title")}
      </h1>
      <p>
        {t.rich("lead", {
          reference: () => (
            <strong className="figures block text-xl font-bold whitespace-nowrap">{visit.reference}</strong>
          ),
        })}
      </p>
    </header>
  );
}
