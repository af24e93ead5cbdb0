import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../../clinic-lists";
import { ServiceForm } from "../service-fields";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.services"))("newTitle") };
}

export default async function NewServicePage() {
  await requireActor("admin");
  const [t, { services }] = await Promise.all([getTranslations("admin.services"), clinicLists("active")]);
  return (
    <StaffPage
      title={t("newTitle")}
      crumbs={[{ label: t("title"), href: "/admin/services" }, { label: t("newTitle") }]}
    >
      <ServiceForm others={services} />
    </StaffPage>
  );
}
