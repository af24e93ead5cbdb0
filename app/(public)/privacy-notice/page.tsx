import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CallUs } from "@/app/(public)/find/call-us";
import { PatientPage } from "@/components/shell/page";
import { clinicSettings } from "@/lib/clinic/settings";
import { pageContext } from "@/lib/platform/request";

const PARTS = ["what", "why", "who", "long", "rights"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.notice"))("title") };
}

/** What registration says was read; a change in what it says takes the next version in lib/privacy/consent-texts.ts. */
export default async function PrivacyNoticePage() {
  const ctx = await pageContext();
  const [t, clinic] = await Promise.all([getTranslations("privacy.notice"), clinicSettings(ctx.db)]);
  return (
    <PatientPage title={t("title")} lead={t("lead", { name: clinic.name })}>
      <div className="grid gap-8">
        {PARTS.map((part) => (
          <section key={part} aria-labelledby={part}>
            <h2 id={part} className="text-xl">
              {t(part)}
            </h2>
            <p className="mt-1">{t(`${part}Body`, { years: clinic.recordRetentionYears })}</p>
          </section>
        ))}
        <section aria-labelledby="contact">
          <h2 id="contact" className="text-xl">
            {t("contact")}
          </h2>
          <CallUs ctx={ctx} />
        </section>
      </div>
    </PatientPage>
  );
}
