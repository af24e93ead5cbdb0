import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { oneOf, type Search } from "@/app/(public)/_account/after-sign-in";
import { pendingTotp } from "@/lib/accounts/enrol-totp";
import { requireRecent, requireSession } from "@/lib/platform/request";
import { safePath } from "@/lib/platform/request-path";
import { AccountPage } from "../account-page";
import { FirstCode } from "./first-code";
import { QrCode } from "./qr-code";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.totp"))("title") };
}

const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, "$1 ");

/** The secret as a picture and as text, and the question for the first code. */
export default async function AuthenticatorPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireSession();
  await requireRecent(ctx);
  const [search, t, enrolment] = await Promise.all([searchParams, getTranslations("account.totp"), pendingTotp(ctx)]);
  if (!enrolment) redirect(ctx.actor.mustEnrol ? "/account/second-factor" : "/account");
  return (
    <AccountPage actor={ctx.actor} title={t("title")} lead={t("lead")}>
      <FirstCode next={safePath(oneOf(search.next), "/account")}>
        <QrCode text={enrolment.uri} label={t("qr")} />
        <div>
          <p>{t("byHand")}</p>
          <p className="figures mt-1 font-mono [overflow-wrap:anywhere]">{inFours(enrolment.secret)}</p>
        </div>
      </FirstCode>
    </AccountPage>
  );
}
