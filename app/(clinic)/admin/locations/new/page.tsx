import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { LocationForm } from "../location-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.locations"))("newTitle") };
}

export default async function NewLocationPage() {
  await requireActor("admin");
  const t = await getTranslations("admin.locations");
  return (
    <StaffPage
      title={t("newTitle")}
      crumbs={[{ label: t("title"), href: "/admin/locations" }, { label: t("newTitle") }]}
    >
      <LocationForm zones={Intl.supportedValuesOf("timeZone")} />
    </StaffPage>
  );
}
