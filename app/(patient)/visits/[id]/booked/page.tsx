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
import { CalendarLink } from "@/components/visits/visit-words";
import { readVisitPage, type VisitPageProps } from "../read-visit";
import { visitRows } from "../visit-rows";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("visits.booked"))("title") };
}

/** It is booked: the reference, what happens next, and what to do with it. */
export default async function BookedPage(props: VisitPageProps) {
  const { visit, person } = await readVisitPage(props, "/booked");
  const [t, rows] = await Promise.all([getTranslations("visits"), visitRows(visit, true)]);
  const isOwn = !person || person.relationship === "self";
  const steps = ["mail", visit.modality, "remind"] as const;
  return (
    <PatientPage
      title={
        <span className="flex items-start gap-3">
          <CircleCheck aria-hidden className="mt-1 size-8 shrink-0 text-success-ink" />
          {isOwn ? t("booked.title") : t("booked.titleFor", { name: person.name })}
        </span>
      }
      lead={t.rich("booked.lead", {
        reference: () => (
          <strong className="figures font-semibold whitespace-nowrap text-foreground">{visit.reference}</strong>
        ),
      })}
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
      <div className="mt-8 flex flex-wrap gap-3 print:hidden">
        <CalendarLink id={visit.id} />
        <ClientMessages namespaces={["visits"]}>
          <PrintButton />
        </ClientMessages>
        <ChangeLinks visit={visit} />
      </div>
      <p className="mt-8 print:hidden">
        <Button asChild>
          <Link href="/visits">{t("booked.all")}</Link>
        </Button>
      </p>
    </PatientPage>
  );
}
