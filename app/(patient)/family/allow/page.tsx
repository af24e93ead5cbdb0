import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { GrantForm } from "./grant-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("family.grant"))("title") };
}

export default async function AllowPage() {
  await requireActor("patient");
  const t = await getTranslations("family");
  return (
    <PatientPage
      title={t("grant.title")}
      lead={t("grant.lead")}
      crumbs={[{ label: t("title"), href: "/family" }, { label: t("grant.title") }]}
    >
      <ClientMessages namespaces={["family"]}>
        <GrantForm />
      </ClientMessages>
    </PatientPage>
  );
}
