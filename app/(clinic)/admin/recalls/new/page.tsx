import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../../clinic-lists";
import { RecallForm } from "../recall-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.recalls"))("newTitle") };
}

export default async function NewRecallPage() {
  await requireActor("admin");
  const [lists, t] = await Promise.all([clinicLists("active"), getTranslations("admin.recalls")]);
  return (
    <StaffPage title={t("newTitle")} crumbs={[{ label: t("title"), href: "/admin/recalls" }, { label: t("newTitle") }]}>
      <RecallForm {...lists} />
    </StaffPage>
  );
}
