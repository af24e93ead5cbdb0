import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { AccountAside } from "../_account/account-aside";
import { oneOf, type Search } from "../_account/after-sign-in";
import { VerifyForm } from "./verify-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.verify"))("title") };
}

export default async function VerifyPage({ searchParams }: { searchParams: Search }) {
  const [search, t] = await Promise.all([searchParams, getTranslations("auth.verify")]);
  const token = oneOf(search.token);
  return (
    <PatientPage title={t("title")} lead={token ? t("lead") : t("noToken")} aside={<AccountAside />}>
      {token ? (
        <ClientMessages namespaces={["auth"]}>
          <VerifyForm token={token} />
        </ClientMessages>
      ) : null}
      <p className="mt-8">
        {t("lost")}{" "}
        <Link href="/sign-in" className="link">
          {t("signIn")}
        </Link>
      </p>
    </PatientPage>
  );
}
