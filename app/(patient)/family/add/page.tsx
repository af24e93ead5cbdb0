import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { ChildForm } from "./child-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("family.add"))("title") };
}

export default async function AddChildPage() {
  await requireActor("patient");
  const t = await getTranslations("family");
  return (
    <PatientPage
      title={t("add.title")}
      lead={t("add.lead")}
      crumbs={[{ label: t("title"), href: "/family" }, { label: t("add.title") }]}
    >
      <ClientMessages namespaces={["family"]}>
        <ChildForm />
      </ClientMessages>
    </PatientPage>
  );
}
