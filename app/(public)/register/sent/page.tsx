import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PatientPage } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { AccountAside } from "../../_account/account-aside";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.register.sent"))("title") };
}

export default async function SentPage() {
  const t = await getTranslations("auth.register.sent");
  return (
    <PatientPage title={t("title")} lead={t("lead")} aside={<AccountAside />}>
      <p className="mb-8">{t("nothing")}</p>
      <Button size="lg" variant="secondary" asChild>
        <Link href="/sign-in">{t("signIn")}</Link>
      </Button>
    </PatientPage>
  );
}
