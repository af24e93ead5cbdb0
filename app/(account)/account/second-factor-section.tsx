import { KeyRound, Smartphone } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import type { PasskeyView, SecondFactorView } from "@/lib/accounts/views";
import { formatDay } from "@/lib/format/dates";
import { AddPasskey } from "./add-passkey";
import { PasskeyForms, RemoveTotp, RenewCodes, StartTotp } from "./factor-forms";

/** Authenticator app, passkeys and recovery codes, and the way to each. */
export async function SecondFactor({ factor }: { factor: SecondFactorView }) {
  const t = await getTranslations("account.factor");
  const count = factor.passkeys.length + (factor.totpSince ? 1 : 0);
  return (
    <section aria-labelledby="second-factor" className="mt-12 border-t pt-8">
      <h2 id="second-factor" className="text-xl">
        {t("title")}
      </h2>
      <p className="mt-1 mb-4 text-muted-foreground">{t(factor.required ? "bodyRequired" : "body")}</p>
      {count === 0 ? (
        <Alert className="mb-5">{t("none")}</Alert>
      ) : factor.recoveryCodesLeft < 3 ? (
        <Alert variant="warning" className="mb-5">
          {t("fewCodes", { count: factor.recoveryCodesLeft })}
        </Alert>
      ) : null}
      <ul className="divide-y border-y">
        <Totp since={factor.totpSince} isLast={count === 1} isRequired={factor.required} />
        {factor.passkeys.map((passkey) => (
          <Passkey key={passkey.id} passkey={passkey} isLast={count === 1} isRequired={factor.required} />
        ))}
      </ul>
      <div className="mt-5 grid gap-5">
        <AddPasskey />
        {count > 0 ? <RenewCodes left={factor.recoveryCodesLeft} /> : null}
      </div>
    </section>
  );
}

function Row({ icon, title, body, children }: { icon: ReactNode; title: string; body: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 py-4 [&>svg]:mt-0.5 [&>svg]:size-6 [&>svg]:shrink-0 [&>svg]:text-primary">
      {icon}
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-semibold [overflow-wrap:anywhere]">{title}</p>
        <p className="text-base text-muted-foreground">{body}</p>
      </div>
      {children}
    </li>
  );
}

type Removal = { isLast: boolean; isRequired: boolean };

async function Totp({ since, isLast, isRequired }: Removal & { since: string | null }) {
  const [t, locale] = await Promise.all([getTranslations("account.factor"), getLocale()]);
  return (
    <Row
      icon={<Smartphone aria-hidden />}
      title={t("totp")}
      body={since ? t("totpSince", { date: formatDay(since, "UTC", locale) }) : t("totpNone")}
    >
      {since ? <RemoveTotp isLast={isLast} isKept={isLast && isRequired} /> : <StartTotp next="/account" />}
    </Row>
  );
}

async function Passkey({ passkey, isLast, isRequired }: Removal & { passkey: PasskeyView }) {
  const [t, locale] = await Promise.all([getTranslations("account.factor"), getLocale()]);
  const day = (instant: string) => formatDay(instant, "UTC", locale);
  const { id, name, createdAt, lastUsedAt } = passkey;
  return (
    <Row
      icon={<KeyRound aria-hidden />}
      title={name}
      body={
        lastUsedAt
          ? t("passkeyUsed", { date: day(createdAt), used: day(lastUsedAt) })
          : t("passkeySince", { date: day(createdAt) })
      }
    >
      <PasskeyForms passkey={{ id, name }} isLast={isLast} isKept={isLast && isRequired} />
    </Row>
  );
}
