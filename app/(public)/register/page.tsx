import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { HOME_PATH } from "@/lib/accounts/home-path";
import { pageContext } from "@/lib/platform/request";
import { AccountAside } from "../_account/account-aside";
import { nextPath, oneOf, type Search, withNext } from "../_account/after-sign-in";
import { RegisterForm } from "./register-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.register"))("title") };
}

export default async function RegisterPage({ searchParams }: { searchParams: Search }) {
  const [{ actor }, search, t, privacy] = await Promise.all([
    pageContext(),
    searchParams,
    getTranslations("auth.register"),
    getTranslations("privacy"),
  ]);
  const next = await nextPath(oneOf(search.next));
  if (actor.kind === "user") redirect(next === "/" ? HOME_PATH[actor.role] : next);
  return (
    <PatientPage title={t("title")} lead={t("lead")} aside={<AccountAside />}>
      <p className="mb-8">
        {t("already")}{" "}
        <Link href={withNext("/sign-in", next)} className="link">
          {t("signIn")}
        </Link>
      </p>
      <ClientMessages namespaces={["auth"]}>
        <RegisterForm next={next} />
      </ClientMessages>
      <p className="mt-8 text-base text-muted-foreground">
        {privacy("registerNotice")}{" "}
        <Link href="/privacy-notice" className="link">
          {privacy("registerNoticeLink")}
        </Link>
      </p>
    </PatientPage>
  );
}
