import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { oneOf, type Search } from "@/app/(public)/_account/after-sign-in";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { getMe } from "@/lib/accounts/get-me";
import { getSecondFactor } from "@/lib/accounts/get-second-factor";
import { listSessions } from "@/lib/accounts/list-sessions";
import { requireActor } from "@/lib/platform/request";
import { AccountPage } from "./account-page";
import { SecondFactor } from "./second-factor-section";
import { Sessions } from "./sessions";

const NOTICES = ["password", "factor_removed", "passkey_removed", "renamed", "ended", "others"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

/** How one signs in, and where one is signed in. */
export default async function OwnAccountPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor();
  const [search, t, me, factor, sessions] = await Promise.all([
    searchParams,
    getTranslations("account"),
    getMe(ctx),
    getSecondFactor(ctx),
    listSessions(ctx),
  ]);
  const notice = NOTICES.find((known) => known === oneOf(search.notice));
  return (
    <AccountPage
      actor={ctx.actor}
      title={t("title")}
      lead={me.ok ? t("signsInWith", { email: me.value.email }) : undefined}
    >
      {notice ? (
        <Alert variant="success" role="status" className="mb-8">
          {t(`notice.${notice}`)}
        </Alert>
      ) : null}
      <section aria-labelledby="password-heading">
        <h2 id="password-heading" className="text-xl">
          {t("password.title")}
        </h2>
        <p className="mt-1 mb-4 text-muted-foreground">{t("password.body")}</p>
        <Button variant="secondary" asChild>
          <Link href="/account/password">{t("password.change")}</Link>
        </Button>
      </section>
      {factor.ok ? <SecondFactor factor={factor.value} /> : null}
      {sessions.ok ? <Sessions sessions={sessions.value.items} /> : null}
    </AccountPage>
  );
}
