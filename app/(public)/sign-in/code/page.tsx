import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { waitingSignIn } from "@/lib/accounts/pending-sign-in";
import { pageContext } from "@/lib/platform/request";
import { nextPath, oneOf, type Search, withNext } from "../../_account/after-sign-in";
import { keptPending } from "../../_account/browser-session";
import { PasskeySignIn } from "../passkey-sign-in";
import { CodeForm } from "./code-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.code"))("title") };
}

/** The second step of signing in; the password is not asked for again. */
export default async function SignInCodePage({ searchParams }: { searchParams: Search }) {
  const [ctx, search, t] = await Promise.all([pageContext(), searchParams, getTranslations("auth.code")]);
  const next = await nextPath(oneOf(search.next));
  const waiting = await waitingSignIn(ctx, await keptPending());
  if (!waiting) redirect(withNext("/sign-in", next));
  return (
    <PatientPage title={t("title")} lead={t(waiting.hasTotp ? "lead" : "leadPasskey")}>
      <ClientMessages namespaces={["auth"]}>
        {waiting.hasPasskey ? (
          <div className="mb-8">
            <PasskeySignIn next={next} />
          </div>
        ) : null}
        <CodeForm next={next} hasTotp={waiting.hasTotp} />
      </ClientMessages>
      <p className="mt-8 text-muted-foreground">{t("lost")}</p>
      <Link href={withNext("/sign-in", next)} className="link inline-flex min-h-11 items-center">
        {t("back")}
      </Link>
    </PatientPage>
  );
}
