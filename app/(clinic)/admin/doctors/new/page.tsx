import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { clinicLists, optionsOf } from "../../../clinic-lists";
import { DoctorForm } from "../doctor-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.doctors"))("newTitle") };
}

export default async function NewDoctorPage() {
  await requireActor("admin");
  const [t, { services, locations }] = await Promise.all([getTranslations("admin.doctors"), clinicLists()]);
  return (
    <StaffPage
      title={t("newTitle")}
      lead={t("newLead")}
      crumbs={[{ label: t("title"), href: "/admin/doctors" }, { label: t("newTitle") }]}
    >
      <DoctorForm services={optionsOf(services)} locations={optionsOf(locations)} />
    </StaffPage>
  );
}
