import { ShieldX } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { StaffPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import type { Crumb } from "@/components/ui/breadcrumb";
import { formatTime } from "@/lib/format/dates";
import { mayWrite } from "@/lib/records/access";
import { CloseGlassForm, OpenGlassForm } from "./glass-forms";
import type { RecordsPage } from "./read-page";

type Props = { page: RecordsPage; title?: ReactNode; crumbs?: Crumb[]; actions?: ReactNode; children: ReactNode };

/** A page of one patient's records: whose they are, the open emergency access, or why they are closed. */
export async function RecordsFrame({ page, title, crumbs = [], actions, children }: Props) {
  const t = await getTranslations("records");
  const { patient, access } = page;
  const mayRead = mayWrite(page.ctx, access);
  return (
    <StaffPage
      title={title ?? t("titleOf", { name: patient.name })}
      lead={title ? patient.name : undefined}
      crumbs={[
        { label: patient.name, href: `/patients/${patient.id}` },
        { label: t("title"), ...(title ? { href: `/patients/${patient.id}/records` } : {}) },
        ...crumbs,
      ]}
      actions={mayRead ? actions : undefined}
    >
      <GlassBanner page={page} />
      {mayRead ? children : <Closed page={page} />}
    </StaffPage>
  );
}

async function GlassBanner({ page: { glass, patient, zone } }: { page: RecordsPage }) {
  const [t, locale] = await Promise.all([getTranslations("records.glass"), getLocale()]);
  if (!glass) return null;
  return (
    <Alert
      variant="warning"
      className="mb-4"
      title={t("isOpen", { time: formatTime(glass.expiresAt, zone, locale) })}
      action={<CloseGlassForm id={glass.id} patientId={patient.id} />}
    >
      <p>{t("isOpenBody", { reason: glass.reason })}</p>
    </Alert>
  );
}

/** No treating relation: what that means, and the way in for an emergency. */
async function Closed({ page: { access, patient } }: { page: RecordsPage }) {
  const t = await getTranslations("records.closed");
  if (access)
    return (
      <Alert variant="info" title={t("ownTitle")}>
        {t("ownBody")}
      </Alert>
    );
  return (
    <div className="grid max-w-2xl gap-6">
      <div className="flex gap-4">
        <span className="grid size-12 shrink-0 place-items-center rounded-full bg-accent text-accent-foreground">
          <ShieldX aria-hidden className="size-6" />
        </span>
        <div className="grid gap-2">
          <h2 className="text-lg">{t("title")}</h2>
          <p className="text-muted-foreground">{t("body")}</p>
        </div>
      </div>
      <section aria-labelledby="glass" className="grid gap-4 border-t pt-5">
        <div className="grid gap-2">
          <h2 id="glass" className="text-lg">
            {t("emergency")}
          </h2>
          <p>{t("emergencyBody", { name: patient.name })}</p>
          <ul className="list-disc ps-5">
            {(["recorded", "admin", "patient", "ends"] as const).map((line) => (
              <li key={line}>{t(line)}</li>
            ))}
          </ul>
        </div>
        <OpenGlassForm patientId={patient.id} />
      </section>
    </div>
  );
}
