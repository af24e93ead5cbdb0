import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { getService, isUuid } from "@/lib/clinic/queries";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../../clinic-lists";
import { ServiceForm } from "../service-fields";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.services"))("editTitle") };
}

export default async function EditServicePage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireActor("admin");
  const [{ id }, t] = await Promise.all([params, getTranslations("admin.services")]);
  const [found, { services }] = await Promise.all([isUuid(id) ? getService(ctx, { id }) : null, clinicLists("active")]);
  if (!found?.ok) notFound();
  return (
    <StaffPage
      title={found.value.name}
      crumbs={[{ label: t("title"), href: "/admin/services" }, { label: found.value.name }]}
    >
      <ServiceForm service={found.value} others={services.filter((other) => other.id !== id)} />
    </StaffPage>
  );
}
