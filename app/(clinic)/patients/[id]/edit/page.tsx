import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { isUuid } from "@/lib/clinic/queries";
import { displayPhone } from "@/lib/format/phone";
import { getPatient } from "@/lib/patients/queries";
import { requireActor } from "@/lib/platform/request";
import { PatientForm } from "../../patient-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("patients"))("editTitle") };
}

export default async function EditPatientPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireActor("doctor", "receptionist", "admin");
  const [{ id }, t] = await Promise.all([params, getTranslations("patients")]);
  const found = isUuid(id) ? await getPatient(ctx, { id }) : null;
  if (!found?.ok) notFound();
  const patient = found.value;
  return (
    <StaffPage
      title={t("editTitle")}
      crumbs={[
        { label: t("title"), href: "/patients" },
        { label: patient.name, href: `/patients/${id}` },
        { label: t("editTitle") },
      ]}
    >
      <PatientForm
        key={patient.version}
        patient={{ ...patient, phone: patient.phone && displayPhone(patient.phone) }}
        cancelHref={`/patients/${id}`}
      />
    </StaffPage>
  );
}
