import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NextVisitSection } from "@/app/(clinic)/_next-visit/next-visit-section";
import { PatientRecords } from "@/app/(clinic)/patients/[id]/patient-records";
import { VisitSheet } from "@/components/calendar/visit-sheet";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { requireDoctor } from "../../../own-doctor";
import { calendarActions } from "../../calendar-actions";
import { readDetails } from "../read-details";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("calendar.visit"))("title") };
}

export default async function VisitPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx } = await requireDoctor();
  const [details, t] = await Promise.all([readDetails(ctx, (await params).id), getTranslations("calendar.visit")]);
  if (!details.ok) notFound();
  const { visit } = details.value;
  return (
    <StaffPage
      title={visit.patient?.name ?? t("title")}
      crumbs={[{ label: t("back"), href: "/calendar" }, { label: visit.reference }]}
    >
      <div className="max-w-2xl">
        {visit.patient ? (
          <PatientRecords
            ctx={ctx}
            patientId={visit.patient.id}
            visit={{ id: visit.id, serviceId: visit.service.id }}
          />
        ) : null}
        <div className="mb-6 empty:hidden">
          <NextVisitSection ctx={ctx} visit={visit} />
        </div>
        <ClientMessages namespaces={["calendar"]}>
          <VisitSheet
            details={details.value}
            doctors={[visit.doctor]}
            actions={calendarActions}
            at={ctx.now.toISOString()}
          />
        </ClientMessages>
      </div>
    </StaffPage>
  );
}
