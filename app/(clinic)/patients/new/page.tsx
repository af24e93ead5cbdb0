import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { one, type Search } from "../../search-params";
import { PatientForm } from "../patient-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("patients"))("newTitle") };
}

export default async function NewPatientPage({ searchParams }: { searchParams: Search }) {
  await requireActor("doctor", "receptionist", "admin");
  const [{ name }, t] = await Promise.all([searchParams, getTranslations("patients")]);
  // What was searched for in vain is most likely the name.
  const words = (one(name) ?? "")
    .replace(/[\d@./-]/g, "")
    .split(/\s+/)
    .filter(Boolean);
  const start = words.length > 0 ? { givenName: words[0] ?? "", familyName: words.slice(1).join(" ") } : {};
  return (
    <StaffPage
      title={t("newTitle")}
      lead={t("newLead")}
      crumbs={[{ label: t("title"), href: "/patients" }, { label: t("newTitle") }]}
    >
      <PatientForm start={start} cancelHref="/patients" />
    </StaffPage>
  );
}
