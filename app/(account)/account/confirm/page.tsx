import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { oneOf, type Search } from "@/app/(public)/_account/after-sign-in";
import { getSecondFactor } from "@/lib/accounts/get-second-factor";
import { requireSession } from "@/lib/platform/request";
import { safePath } from "@/lib/platform/request-path";
import { AccountPage } from "../account-page";
import { ConfirmForm } from "../confirm-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.confirm"))("title") };
}

/** Asks who it is, then leads back to where that was asked for. */
export default async function ConfirmPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireSession();
  const [search, t, factor] = await Promise.all([
    searchParams,
    getTranslations("account.confirm"),
    getSecondFactor(ctx),
  ]);
  return (
    <AccountPage actor={ctx.actor} title={t("title")} lead={t("body")}>
      <ConfirmForm
        next={safePath(oneOf(search.next), "/account")}
        needsCode={factor.ok && (factor.value.totpSince !== null || factor.value.passkeys.length > 0)}
      />
    </AccountPage>
  );
}
