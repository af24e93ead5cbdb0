import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { oneOf, type Search } from "@/app/(public)/_account/after-sign-in";
import { requireSession } from "@/lib/platform/request";
import { safePath } from "@/lib/platform/request-path";
import { AccountPage } from "../account-page";
import { AddPasskey } from "../add-passkey";
import { StartTotp } from "../factor-forms";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.enrol"))("title") };
}

/** Where staff without the second factor that they must have end up, whatever they asked for. */
export default async function SetUpSecondFactorPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireSession();
  const [search, t] = await Promise.all([searchParams, getTranslations("account.enrol")]);
  const next = safePath(oneOf(search.next));
  if (!ctx.actor.mustEnrol) redirect("/account");
  return (
    <AccountPage actor={ctx.actor} title={t("title")} lead={t("lead")}>
      <section className="grid gap-3">
        <h2 className="text-xl">{t("app")}</h2>
        <p className="text-muted-foreground">{t("appBody")}</p>
        <StartTotp next={next} isMain />
      </section>
      <section className="mt-10 grid gap-3 border-t pt-8">
        <h2 className="text-xl">{t("passkey")}</h2>
        <AddPasskey next={next} />
      </section>
    </AccountPage>
  );
}
