import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { oneOf, type Search } from "../_account/after-sign-in";
import { NewPasswordForm } from "../_account/new-password-form";
import { confirmResetAction } from "./actions";
import { ResetForm } from "./reset-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.reset"))("title") };
}

export default async function ResetPage({ searchParams }: { searchParams: Search }) {
  const [search, t] = await Promise.all([searchParams, getTranslations("auth.reset")]);
  const token = oneOf(search.token);
  return (
    <PatientPage title={token ? t("choose") : t("title")} lead={token ? t("chooseLead") : t("lead")}>
      <ClientMessages namespaces={["auth"]}>
        {token ? <NewPasswordForm action={confirmResetAction} token={token} /> : <ResetForm />}
      </ClientMessages>
    </PatientPage>
  );
}
