import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { isUuid } from "@/lib/clinic/queries";
import { requireActor } from "@/lib/platform/request";
import { getRecall } from "@/lib/recalls/queries";
import { clinicLists } from "../../../clinic-lists";
import { RecallForm } from "../recall-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.recalls"))("editTitle") };
}

export default async function EditRecallPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireActor("admin");
  const [{ id }, lists, t] = await Promise.all([params, clinicLists("all"), getTranslations("admin.recalls")]);
  const found = isUuid(id) ? await getRecall(ctx, { id }) : null;
  if (!found?.ok) notFound();
  return (
    <StaffPage
      title={found.value.name}
      crumbs={[{ label: t("title"), href: "/admin/recalls" }, { label: found.value.name }]}
    >
      <RecallForm recall={found.value} {...lists} />
    </StaffPage>
  );
}
