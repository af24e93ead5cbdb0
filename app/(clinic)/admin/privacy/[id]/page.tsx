import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Table } from "@/components/ui/table";
import { isUuid } from "@/lib/clinic/queries";
import { formatDate } from "@/lib/format/dates";
import { getPatient } from "@/lib/patients/queries";
import { requireActor } from "@/lib/platform/request";
import { previewErasure } from "@/lib/privacy/erase-patient";
import { patientErasures } from "@/lib/privacy/erasure-requests";
import { listHolds } from "@/lib/privacy/legal-holds";
import type { ErasurePlan, HoldView } from "@/lib/privacy/views";
import { one, type Search } from "../../../search-params";
import { DeclineForm, EndHoldForm, EraseForm, HoldForm } from "../forms";

type Props = { params: Promise<{ id: string }>; searchParams: Search };
type Dated = { patientId: string; date: (at: string) => string };
const DONE = ["erased", "refused", "held", "ended"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.admin"))("oneTitle") };
}

/** One patient's export, holds, and erasure: first what it would do, then the act. */
export default async function PatientPrivacyPage({ params, searchParams }: Props) {
  const ctx = await requireActor("admin");
  const [{ id }, search, t, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations("privacy.admin"),
    getLocale(),
  ]);
  const found = isUuid(id) ? await getPatient(ctx, { id }) : null;
  if (!found?.ok) notFound();
  const [plan, holds, erasures] = await Promise.all([
    previewErasure(ctx, { patientId: id }),
    listHolds(ctx, { patientId: id }),
    patientErasures(ctx, { patientId: id }),
  ]);
  const { name, recordNumber } = found.value;
  const done = DONE.find((known) => known === one(search.done));
  const open = erasures.find(({ status }) => status === "requested");
  const erased = erasures.find(({ status }) => status === "done");
  const dated = { patientId: id, date: (at: string) => formatDate(at, "UTC", locale) };
  const isLeft = plan.ok && Object.values(plan.value.counts).some((count) => count > 0);
  const isHeld = plan.ok && plan.value.grounds.includes("legal_hold");
  return (
    <StaffPage
      title={t("one", { name })}
      lead={recordNumber}
      crumbs={[{ label: t("title"), href: "/admin/privacy" }, { label: name }]}
    >
      {done ? (
        <Alert variant="success" role="status" className="mb-4">
          {t(`done.${done}`)}
        </Alert>
      ) : null}
      {erased?.decidedAt ? <Alert className="mb-4">{t("erased", { date: dated.date(erased.decidedAt) })}</Alert> : null}
      <ClientMessages namespaces={["privacy", "account", "auth"]}>
        <div className="grid items-start gap-8 xl:grid-cols-2">
          <div className="grid gap-8">
            <Export patientId={id} />
            <Holds {...dated} holds={holds.ok ? holds.value.items : []} isErased={erased !== undefined} />
          </div>
          <div className="grid gap-8">
            {plan.ok ? <Plan {...dated} plan={plan.value} /> : null}
            {isLeft && !isHeld ? (
              <section aria-labelledby="erase" className="grid gap-3 border-t pt-6">
                <h2 id="erase" className="text-lg">
                  {t("erase")}
                </h2>
                <p className="text-sm text-muted-foreground">{t("eraseBody")}</p>
                <EraseForm patientId={id} />
              </section>
            ) : null}
            {open ? (
              <section aria-labelledby="decline" className="grid gap-3 border-t pt-6">
                <h2 id="decline" className="text-lg">
                  {t("decline")}
                </h2>
                <DeclineForm id={open.id} />
              </section>
            ) : null}
          </div>
        </div>
      </ClientMessages>
    </StaffPage>
  );
}

async function Export({ patientId }: { patientId: string }) {
  const t = await getTranslations("privacy");
  return (
    <section aria-labelledby="export" className="grid gap-3">
      <h2 id="export" className="text-lg">
        {t("admin.export")}
      </h2>
      <p className="text-sm text-muted-foreground">{t("admin.exportBody")}</p>
      <div className="flex flex-wrap gap-3">
        <Button variant="secondary" size="sm" asChild>
          <a href={`/admin/privacy/${patientId}/data?as=html`}>{t("export.page")}</a>
        </Button>
        <Button variant="secondary" size="sm" asChild>
          <a href={`/admin/privacy/${patientId}/data?as=json`}>{t("export.json")}</a>
        </Button>
      </div>
    </section>
  );
}

async function Holds({ holds, isErased, patientId, date }: Dated & { holds: HoldView[]; isErased: boolean }) {
  const t = await getTranslations("privacy.admin");
  const spanOf = ({ createdAt, until, endedAt }: HoldView) =>
    [
      t("holdSet", { date: date(createdAt) }),
      until ? t("holdUntilDate", { date: date(until) }) : null,
      endedAt ? t("holdEnded", { date: date(endedAt) }) : null,
    ]
      .filter(Boolean)
      .join(", ");
  return (
    <section aria-labelledby="holds" className="grid gap-3 border-t pt-6">
      <div>
        <h2 id="holds" className="text-lg">
          {t("holds")}
        </h2>
        <p className="text-sm text-muted-foreground">{t("holdsBody")}</p>
      </div>
      {holds.length === 0 ? <p className="text-sm text-muted-foreground">{t("noHolds")}</p> : null}
      <ul className="divide-y border-y empty:hidden">
        {holds.map((hold) => (
          <li key={hold.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <div className="min-w-0">
              <p className="text-sm font-semibold break-words">{hold.reason || "–"}</p>
              <p className="figures text-sm text-muted-foreground">{spanOf(hold)}</p>
            </div>
            {hold.endedAt ? null : <EndHoldForm id={hold.id} patientId={patientId} />}
          </li>
        ))}
      </ul>
      {isErased ? null : <HoldForm patientId={patientId} />}
    </section>
  );
}

async function Plan({ plan, date }: Dated & { plan: ErasurePlan }) {
  const t = await getTranslations("privacy.admin");
  const kept = plan.keptUntil ? { count: plan.keptRecords, date: date(plan.keptUntil) } : null;
  const steps = Object.entries(plan.counts)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => ({ key, name: t(`steps.${key}`), count }));
  return (
    <section aria-labelledby="plan" className="grid gap-3">
      <div>
        <h2 id="plan" className="text-lg">
          {t("plan")}
        </h2>
        <p className="text-sm text-muted-foreground">{t("planBody")}</p>
      </div>
      {plan.grounds.includes("legal_hold") ? <Alert variant="warning">{t("planHeld")}</Alert> : null}
      <p className="text-sm">{kept ? t("planKept", kept) : t("planComplete")}</p>
      <Table
        figures
        label={t("plan")}
        rows={[...steps, { key: "files", name: t("files"), count: plan.files }]}
        keyOf={({ key }) => key}
        columns={[
          { header: t("step"), cell: ({ name }) => name },
          { header: t("rows"), cell: ({ count }) => count, numeric: true },
        ]}
      />
    </section>
  );
}
