import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getSecondFactor } from "@/lib/accounts/get-second-factor";
import { MIN_PASSWORD, MIN_PASSWORD_WITH_SECOND_FACTOR } from "@/lib/accounts/password-policy";
import { requireRecentActor } from "@/lib/platform/request";
import { AccountPage } from "../account-page";
import { PasswordForm } from "./password-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.password"))("change") };
}

export default async function ChangePasswordPage() {
  const ctx = await requireRecentActor();
  const [t, factor] = await Promise.all([getTranslations("account"), getSecondFactor(ctx)]);
  const hasFactor = factor.ok && (factor.value.totpSince !== null || factor.value.passkeys.length > 0);
  return (
    <AccountPage
      actor={ctx.actor}
      title={t("password.change")}
      lead={t("password.changeLead")}
      crumbs={[{ label: t("title"), href: "/account" }, { label: t("password.change") }]}
    >
      <PasswordForm atLeast={hasFactor ? MIN_PASSWORD_WITH_SECOND_FACTOR : MIN_PASSWORD} />
    </AccountPage>
  );
}
