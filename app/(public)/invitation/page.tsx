import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { oneOf, type Search } from "../_account/after-sign-in";
import { NewPasswordForm } from "../_account/new-password-form";
import { acceptInvitationAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.invitation"))("title") };
}

export default async function InvitationPage({ searchParams }: { searchParams: Search }) {
  const [search, t] = await Promise.all([searchParams, getTranslations("auth.invitation")]);
  const token = oneOf(search.token);
  return (
    <PatientPage title={t("title")} lead={token ? t("lead") : t("noToken")}>
      {token ? (
        <ClientMessages namespaces={["auth"]}>
          <NewPasswordForm action={acceptInvitationAction} token={token} />
        </ClientMessages>
      ) : null}
    </PatientPage>
  );
}
