import { FileClock, ShieldX } from "lucide-react";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { readerZone } from "@/app/reader-zone";
import { RecordsSummary } from "@/components/records/summary";
import { ClientMessages } from "@/components/shell/client-messages";
import { Button } from "@/components/ui/button";
import type { UserActor } from "@/lib/domain/actor";
import { formatDate } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";
import { mayWrite } from "@/lib/records/access";
import { listDrafts } from "@/lib/records/list-drafts";
import { patientSummary } from "@/lib/records/patient-summary";
import { recordAccess } from "@/lib/records/record-access";
import { listTemplates } from "@/lib/records/templates";
import { StartRecord } from "./records/start-record";

type Props = {
  ctx: Context & { actor: UserActor };
  patientId: string;
  /** The visit that is written about; its service has templates. */
  visit?: { id: string; serviceId: string };
};

/** What a visit's or a patient's page says of records: the doctor who treats, first things first; reception, that there are some; admins too. */
export async function PatientRecords({ ctx, patientId, visit }: Props) {
  const [found, t] = await Promise.all([recordAccess(ctx, { patientId }), getTranslations("records")]);
  if (!found.ok) return null;
  const { access, records } = found.value;
  const isDoctor = ctx.actor.role === "doctor";
  return (
    <section aria-labelledby="records" className="mb-8 grid max-w-4xl gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="records" className="text-lg">
          {t(isDoctor && mayWrite(ctx, access) ? "summary.title" : "title")}
        </h2>
        {isDoctor && mayWrite(ctx, access) ? (
          <Button variant="secondary" size="sm" asChild>
            <Link href={`/patients/${patientId}/records`}>
              <FileClock aria-hidden />
              {t("summary.timeline")}
            </Link>
          </Button>
        ) : null}
      </div>
      {isDoctor ? (
        mayWrite(ctx, access) ? (
          <Known ctx={ctx} patientId={patientId} visit={visit} />
        ) : (
          <Closed patientId={patientId} />
        )
      ) : (
        <p className="text-sm text-muted-foreground">{t("summary.count", { count: records ?? 0 })}</p>
      )}
    </section>
  );
}

async function Known({ ctx, patientId, visit }: Props) {
  const [summary, drafts, templates, zone, t, locale] = await Promise.all([
    patientSummary(ctx, { patientId }),
    listDrafts(ctx, { patientId }),
    listTemplates(ctx, { serviceId: visit?.serviceId }),
    readerZone(ctx),
    getTranslations("records"),
    getLocale(),
  ]);
  if (!summary.ok) return <p className="text-sm text-muted-foreground">{t("noKeys")}</p>;
  return (
    <>
      <RecordsSummary summary={summary.value} />
      {drafts.ok && drafts.value.items.length > 0 ? (
        <div className="text-sm">
          <h3 className="text-base">{t("summary.drafts")}</h3>
          <ul>
            {drafts.value.items.map(({ id, title, kind, updatedAt }) => (
              <li key={id}>
                <Link
                  href={`/patients/${patientId}/records/${id}/write`}
                  className="link inline-flex min-h-6 items-center pointer-coarse:min-h-11"
                >
                  {title ||
                    t("summary.draftOf", { kind: t(`kind.${kind}`), date: formatDate(updatedAt, zone, locale) })}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <ClientMessages namespaces={["records"]}>
        <StartRecord
          patientId={patientId}
          {...(visit ? { appointmentId: visit.id } : {})}
          templates={templates.ok ? templates.value.items.filter(({ active }) => active) : []}
        />
      </ClientMessages>
    </>
  );
}

async function Closed({ patientId }: { patientId: string }) {
  const t = await getTranslations("records.summary");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <ShieldX aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <p className="max-w-[calc(100%-2rem)]">{t("closed")}</p>
      <Link
        href={`/patients/${patientId}/records`}
        className="link inline-flex min-h-6 items-center pointer-coarse:min-h-11"
      >
        {t("emergency")}
      </Link>
    </div>
  );
}
