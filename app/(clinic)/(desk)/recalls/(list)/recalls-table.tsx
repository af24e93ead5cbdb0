"use client";

import { BellRing, MessageSquare, Phone, PhoneOff } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { shortDay } from "@/components/clinic/when";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn, TableFilter, TableViews } from "@/components/data-table/types";
import { telHref } from "@/components/shell/phone";
import { type FormAction, type FormAnswer, useFormAction } from "@/components/staff/use-form-action";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatDate } from "@/lib/format/dates";
import { displayPhone } from "@/lib/format/phone";
import type { RecallRow } from "@/lib/recalls/recall-table";
import { recallsSpec } from "../spec";

type Props<State extends FormAnswer> = {
  rows: RecallRow[];
  total: number;
  recalls: { value: string; label: string }[];
  noteAsked: FormAction<State>;
  idle: State;
};

/** How somebody may be asked, in the order of the filter, and how each looks. */
const CONTACT_LOOKS = [
  { contact: "message", look: "success", icon: MessageSquare },
  { contact: "phone", look: "accent", icon: Phone },
  { contact: "none", look: "neutral", icon: PhoneOff },
] as const;

export function RecallsTable<State extends FormAnswer>({ rows, total, recalls, noteAsked, idle }: Props<State>) {
  const t = useTranslations("clinic.recalls");
  const locale = useLocale();
  const [state, submit] = useFormAction(noteAsked, idle);
  const columns = useMemo<TableColumn<RecallRow>[]>(
    () => [
      { id: "patient", header: t("columns.patient"), cell: (row) => row.patient.name },
      { id: "recall", header: t("columns.recall"), cell: (row) => row.recall.name, className: "wraps" },
      { id: "last", header: t("columns.last"), cell: (row) => <LastVisit row={row} />, className: "wraps" },
      { id: "contact", header: t("columns.contact"), cell: (row) => <HowToAsk row={row} /> },
      {
        id: "asked",
        header: t("columns.asked"),
        cell: (row) => (row.askedAt ? shortDay(row.askedAt, "UTC", locale) : null),
      },
    ],
    [t, locale],
  );
  const filters = useMemo<TableFilter[]>(
    () => [
      { key: "q", label: t("filters.q"), placeholder: t("filters.qPlaceholder") },
      { key: "recall", label: t("columns.recall"), options: recalls },
      {
        key: "contact",
        label: t("columns.contact"),
        options: CONTACT_LOOKS.map(({ contact }) => ({ value: contact, label: t(`contact.${contact}`) })),
      },
    ],
    [t, recalls],
  );
  const views = useMemo<TableViews>(() => {
    const link = (name: "open" | "asked" | "all") => {
      const when = name === "open" ? undefined : name;
      const isCurrent = (filters: Record<string, string[]>) => filters.when?.[0] === when;
      return { label: t(`views.${name}`), change: { when: when ? [when] : null }, isCurrent };
    };
    return { label: t("views.label"), links: [link("open"), link("asked"), link("all")] };
  }, [t]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <ErrorSummary errors={state.errors} />
      {state.status === "done" ? (
        <Alert variant="success" role="status">
          {t("noted")}
        </Alert>
      ) : null}
      <DataTable
        label={t("title")}
        spec={recallsSpec}
        columns={columns}
        filters={filters}
        rows={rows}
        total={total}
        rowId={(row) => `${row.recall.id} ${row.patient.id}`}
        rowName={(row) => `${row.patient.name}, ${row.recall.name}`}
        rowHref={(row) => `/patients/${row.patient.id}`}
        views={views}
        csvHref="/recalls/export"
        rowAction={(row) =>
          row.contact === "none" ? null : (
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                className="link"
                href={`/book?patientId=${row.patient.id}&serviceId=${row.recall.serviceId}`}
                aria-label={t("bookNamed", { name: row.patient.name })}
              >
                {t("book")}
              </Link>
              <form action={submit}>
                <input type="hidden" name="recallId" value={row.recall.id} />
                <input type="hidden" name="patientId" value={row.patient.id} />
                <SubmitButton
                  variant="secondary"
                  size="sm"
                  pendingLabel={t("noting")}
                  aria-label={t("noteNamed", { name: row.patient.name })}
                >
                  {t("note")}
                </SubmitButton>
              </form>
            </div>
          )
        }
        empty={{ icon: BellRing, title: t("empty"), body: t("emptyBody") }}
      />
    </div>
  );
}

function LastVisit({ row: { lastVisit } }: { row: RecallRow }) {
  const locale = useLocale();
  return (
    <div>
      {formatDate(lastVisit.start, lastVisit.timeZone, locale)}
      <p className="text-muted-foreground">{lastVisit.doctor}</p>
    </div>
  );
}

function HowToAsk({ row: { contact, phone, consent } }: { row: RecallRow }) {
  const t = useTranslations("clinic.recalls");
  const known = CONTACT_LOOKS.find((one) => one.contact === contact);
  const Icon = known?.icon ?? PhoneOff;
  return (
    <div className="grid justify-items-start gap-1">
      <Badge variant={known?.look ?? "neutral"}>
        <Icon aria-hidden />
        {t(`contact.${contact}`)}
      </Badge>
      {phone ? (
        <a href={telHref(phone)} className="link figures">
          {displayPhone(phone)}
        </a>
      ) : null}
      <span className="text-muted-foreground">
        {t(consent === null ? "consent.never" : consent ? "consent.given" : "consent.withdrawn")}
      </span>
    </div>
  );
}
