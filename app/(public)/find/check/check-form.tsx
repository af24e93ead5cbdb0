"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState, useEffect, useMemo, useRef, useState } from "react";
import { HoldTimer } from "@/components/find/hold-timer";
import { OtherTimes } from "@/components/find/other-times";
import { keepReason, keptReason } from "@/components/find/reason-draft";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { SummaryList } from "@/components/ui/summary-list";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import type { OtherTime } from "../other-times";
import { bookAction, extendHoldAction, holdTimeAction } from "./actions";

type Hold = { id: string; leftMs: number };
type Lost = { message: string; others: OtherTime[] };
type Row = { id: string; label: string; value: string; href: string | null };
type Props = {
  fields: { service: string; for: string; slot: string };
  rows: Row[];
  hold: Hold | null;
  timesHref: string;
};

/** Keeps the time as soon as the page is there, where it is not kept yet; `lost` where somebody was faster. */
function useHold(fields: Props["fields"], given: Hold | null) {
  const [hold, setHold] = useState(given);
  const [lost, setLost] = useState<Lost | null>(null);
  const [extended, setExtended] = useState<"yes" | "refused" | null>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (given || asked.current) return;
    asked.current = true;
    void holdTimeAction(fields)
      .then((held) => {
        if (held.ok) setHold(held.value);
        else if (held.code === "slot_unavailable" || held.code === "patient_busy")
          setLost({ message: held.detail ?? "", others: (held.data?.others as OtherTime[] | undefined) ?? [] });
      })
      // Not kept, the time can be booked all the same.
      .catch(() => undefined);
  }, [given, fields]);
  const extend = async () => {
    if (!hold) return;
    const more = await extendHoldAction({ id: hold.id }).catch(() => null);
    setExtended(more?.ok ? "yes" : "refused");
    if (more?.ok) setHold({ ...hold, leftMs: more.value.leftMs });
  };
  return { hold, lost, extended, extend: extended ? null : extend };
}

/** The answers, the reason in the patient's own words, and Book. A lost time is chosen anew in place; nothing typed is lost. */
export function CheckForm({ fields, rows, hold: given, timesHref }: Props) {
  const t = useTranslations("find");
  const [state, submit] = useActionState(bookAction, idleForm);
  const { hold, lost, extended, extend } = useHold(fields, given);
  const others = (state.data?.others as OtherTime[] | undefined) ?? lost?.others ?? [];
  const isLost = state.code === "slot_unavailable" || others.length > 0 || (state.status === "idle" && lost !== null);
  const errors = useMemo(
    () => (state.status === "idle" && lost ? [{ path: "slot", message: lost.message }] : state.errors),
    [state, lost],
  );
  const shown = isLost ? rows.filter(({ id }) => id !== "when" && id !== "doctor" && id !== "where") : rows;
  return (
    <form action={submit} noValidate className="grid gap-8">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="service" value={fields.service} />
      <input type="hidden" name="for" value={fields.for} />
      {isLost ? (
        <OtherTimes others={others} error={errors.find(({ path }) => path === "slot")?.message} timesHref={timesHref} />
      ) : (
        <input type="hidden" name="slot" value={fields.slot} />
      )}
      {hold && !isLost ? (
        <HoldTimer
          leftMs={hold.leftMs}
          onExtend={extend}
          note={extended ? t(`hold.extended.${extended}`) : undefined}
        />
      ) : null}
      <SummaryList
        rows={shown.map(({ id, label, value, href }) => ({
          id,
          label,
          value: <span className="whitespace-pre-line">{value}</span>,
          action: href ? (
            <Link href={href} className="link inline-flex min-h-11 items-start sm:min-h-6">
              {t("change")}
              <span className="sr-only"> {label}</span>
            </Link>
          ) : null,
        }))}
      />
      <ReasonField error={errorAt(state, "reason")} value={typed(state, "reason")} />
      <div className="grid gap-3">
        <SubmitButton size="lg" className="justify-self-start max-sm:w-full" pendingLabel={t("check.booking")}>
          {t("check.book")}
        </SubmitButton>
        <p className="text-base text-muted-foreground">{t("check.after")}</p>
      </div>
    </form>
  );
}

function ReasonField({ error, value }: { error?: string; value?: string }) {
  const t = useTranslations("find.check");
  const tUi = useTranslations("ui");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const area = box.current?.querySelector("textarea");
    if (area && area.value === "") area.value = keptReason();
  }, []);
  return (
    <div ref={box}>
      <TextareaField
        name="reason"
        label={t("ownWords")}
        hint={t("ownWordsHint")}
        note={tUi("optional")}
        error={error}
        defaultValue={value}
        maxLength={2_000}
        rows={4}
        onInput={(event) => keepReason(event.currentTarget.value)}
      />
    </div>
  );
}
