import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { formatDate } from "@/lib/format/dates";
import { requireActor } from "@/lib/platform/request";
import { listErasures } from "@/lib/privacy/erasure-requests";
import { listDueRecords, listRetentionRuns } from "@/lib/privacy/list-due-records";
import type { DueRecords, ListedErasure, RetentionRun } from "@/lib/privacy/views";

/** The law's month to answer in (GDPR 12(3)). */
const ANSWER_DAYS = 30;
const DAY_MS = 86_400_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.admin"))("title") };
}

/** Who asks to be erased, what became of it, whose records have served their time, and what the worker removed. */
export default async function PrivacyPage() {
  const ctx = await requireActor("admin");
  const [t, erasures, due, runs] = await Promise.all([
    getTranslations("privacy.admin"),
    listErasures(ctx),
    listDueRecords(ctx),
    listRetentionRuns(ctx),
  ]);
  const all = erasures.ok ? erasures.value.items : [];
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <div className="grid gap-8">
        <Requests items={all.filter(({ status }) => status === "requested")} now={ctx.now} />
        <Due items={due.ok ? due.value.items : []} />
        <Decided items={all.filter(({ status }) => status !== "requested")} />
        <Runs items={runs.ok ? runs.value.items : []} />
      </div>
    </StaffPage>
  );
}

async function dates() {
  const locale = await getLocale();
  return (at: string | Date) => formatDate(at, "UTC", locale);
}

async function Requests({ items, now }: { items: ListedErasure[]; now: Date }) {
  const [t, date] = await Promise.all([getTranslations("privacy.admin"), dates()]);
  return (
    <section aria-labelledby="requests" className="grid gap-3">
      <h2 id="requests" className="text-lg">
        {t("requests")}
      </h2>
      {items.length === 0 ? <p className="text-sm text-muted-foreground">{t("none")}</p> : null}
      <ul className="divide-y border-y empty:hidden">
        {items.map(({ id, patientId, patientName, recordNumber, requestedAt }) => {
          const due = new Date(new Date(requestedAt).getTime() + ANSWER_DAYS * DAY_MS);
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
              <div>
                <p className="font-semibold">{patientName}</p>
                <p className="figures text-sm text-muted-foreground">
                  {recordNumber} · {date(requestedAt)}
                </p>
              </div>
              <Badge>{t(due < now ? "overdue" : "due", { date: date(due) })}</Badge>
              <Link href={`/admin/privacy/${patientId}`} className="link inline-flex min-h-9 items-center">
                {t("look")}
                <span className="sr-only">: {patientName}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

async function Due({ items }: { items: DueRecords[] }) {
  const [t, date] = await Promise.all([getTranslations("privacy.admin"), dates()]);
  return (
    <section aria-labelledby="due" className="grid gap-3">
      <div>
        <h2 id="due" className="text-lg">
          {t("retention")}
        </h2>
        <p className="text-sm text-muted-foreground">{t("retentionBody")}</p>
      </div>
      {items.length === 0 ? (
        <p className="text-sm text-muted-foreground">{t("noneOver")}</p>
      ) : (
        <Table
          label={t("retention")}
          rows={items}
          keyOf={({ patientId }) => patientId}
          columns={[
            {
              header: t("patient"),
              cell: ({ patientId, name }) => <Link href={`/admin/privacy/${patientId}`}>{name}</Link>,
            },
            { header: t("number"), cell: ({ recordNumber }) => recordNumber, className: "figures" },
            { header: t("newest"), cell: ({ newestAt }) => date(newestAt), className: "figures" },
          ]}
        />
      )}
    </section>
  );
}

async function Decided({ items }: { items: ListedErasure[] }) {
  const [t, date] = await Promise.all([getTranslations("privacy.admin"), dates()]);
  const outcomeOf = ({ outcome, keptUntil, refusal }: ListedErasure) =>
    outcome
      ? t(`outcomes.${outcome}`, { date: keptUntil ? date(keptUntil) : "" })
      : t("outcomes.refused", { reason: refusal ? t(`reasons.${refusal}`) : "" });
  return (
    <section aria-labelledby="decided" className="grid gap-3">
      <h2 id="decided" className="text-lg">
        {t("decided")}
      </h2>
      {items.length === 0 ? (
        <p className="text-sm text-muted-foreground">{t("noneDecided")}</p>
      ) : (
        <Table
          label={t("decided")}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            {
              header: t("patient"),
              cell: ({ patientId, patientName }) => <Link href={`/admin/privacy/${patientId}`}>{patientName}</Link>,
            },
            { header: t("decided"), cell: ({ decidedAt }) => decidedAt && date(decidedAt), className: "figures" },
            { header: t("outcome"), cell: outcomeOf, className: "wraps" },
            {
              header: t("certificate"),
              cell: ({ certificateHash }) => certificateHash?.slice(0, 16) ?? "–",
              className: "figures",
            },
          ]}
        />
      )}
    </section>
  );
}

async function Runs({ items }: { items: RetentionRun[] }) {
  const [t, date] = await Promise.all([getTranslations("privacy.admin"), dates()]);
  return (
    <section aria-labelledby="runs" className="grid gap-3">
      <h2 id="runs" className="text-lg">
        {t("runs")}
      </h2>
      {items.length === 0 ? <p className="text-sm text-muted-foreground">{t("noneRun")}</p> : null}
      <ul className="grid gap-1 text-sm empty:hidden">
        {items.map(({ id, what, removed, at }) => (
          <li key={id} className="figures">
            {date(at)}: {t.has(`what.${what}`) ? t(`what.${what}`) : what}, {t("removed", { count: removed })}
          </li>
        ))}
      </ul>
    </section>
  );
}
