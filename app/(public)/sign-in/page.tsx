import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ForgetDrafts } from "@/app/(account)/_session/forget-drafts";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { HOME_PATH } from "@/lib/accounts/home-path";
import { sessionContext } from "@/lib/platform/request";
import { AccountAside } from "../_account/account-aside";
import { nextPath, oneOf, type Search, withNext } from "../_account/after-sign-in";
import { PasskeySignIn } from "./passkey-sign-in";
import { SignInForm } from "./sign-in-form";

const NOTICES = ["verified", "password", "welcome", "signed_out", "expired"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.signIn"))("title") };
}

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const [{ actor }, search, t] = await Promise.all([sessionContext(), searchParams, getTranslations("auth.signIn")]);
  const next = await nextPath(oneOf(search.next));
  if (actor.kind === "user" && actor.mustEnrol) redirect(withNext("/account/second-factor", next));
  if (actor.kind === "user") redirect(next === "/" ? HOME_PATH[actor.role] : next);
  const notice = NOTICES.find((known) => known === oneOf(search.notice));
  return (
    <PatientPage title={t("title")} lead={next === "/" ? undefined : t("then")} aside={<AccountAside />}>
      {notice ? (
        <Alert
          variant={notice === "signed_out" || notice === "expired" ? "info" : "success"}
          role="status"
          className="mb-8"
        >
          {t(`notice.${notice}`)}
        </Alert>
      ) : null}
      <ClientMessages namespaces={["auth"]}>
        {notice === "signed_out" ? <ForgetDrafts /> : null}
        <SignInForm next={next} resetHref="/reset" />
        <div className="mt-4">
          <PasskeySignIn next={next} />
        </div>
      </ClientMessages>
      <section className="mt-10 grid justify-items-start gap-3 border-t pt-8">
        <h2 className="text-xl">{t("new")}</h2>
        <p className="text-muted-foreground">{t("newBody")}</p>
        <Button variant="secondary" size="lg" asChild>
          <Link href={withNext("/register", next)}>{t("register")}</Link>
        </Button>
      </section>
    </PatientPage>
  );
}
