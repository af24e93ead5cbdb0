import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { ServiceForm } from "../service-fields";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.services"))("newTitle") };
}

export default async function NewServicePage() {
  await requireActor("admin");
  const t = await getTranslations("admin.services");
  return (
    <StaffPage
      title={t("newTitle")}
      crumbs={[{ label: t("title"), href: "/admin/services" }, { label: t("newTitle") }]}
    >
      <ServiceForm />
    </StaffPage>
  );
}
