"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { hrefOf, type Params } from "@/components/clinic/href";
import { shortWhen } from "@/components/clinic/when";
import { slotToken } from "@/components/find/query";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextareaField, TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SlotView } from "@/lib/availability/views";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { bookVisitAction, moveVisitAction } from "./visit-actions";

const actions = { book: bookVisitAction, move: moveVisitAction };

/** The last step of booking and of moving: what is not shown above is in `fields`; with `isOverride` a reason is asked for. */
export function TakeTimeForm({
  kind,
  fields,
  isOverride = false,
  path,
  params,
  children,
}: {
  kind: "book" | "move";
  fields: Params;
  isOverride?: boolean;
  /** Where the free times nearby are to be found. */
  path: string;
  params: Params;
  children?: ReactNode;
}) {
  const t = useTranslations("clinic");
  const locale = useLocale();
  const optional = useTranslations("ui")("optional");
  const [state, submit] = useActionState(actions[kind], idleForm);
  const nearest = Array.isArray(state.data?.nearest) ? (state.data.nearest as SlotView[]) : [];
  return (
    <form action={submit} noValidate className="grid max-w-xl gap-4">
      <ErrorSummary errors={state.errors} />
      {nearest.length > 0 ? (
        <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
          <span className="font-semibold">{t("book.nearest")}</span>
          {nearest.map((slot) => (
            <Link
              key={slot.start}
              className="link inline-flex min-h-6 items-center"
              href={hrefOf(path, {
                ...params,
                slot: slotToken({
                  start: slot.start,
                  doctor: { id: slot.doctorId },
                  location: { id: slot.locationId },
                }),
              })}
            >
              {shortWhen(slot.start, slot.timeZone, locale)}
            </Link>
          ))}
        </p>
      ) : null}
      {Object.entries(fields).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      {children}
      {isOverride ? <input type="hidden" name="isOverride" value="yes" /> : null}
      {isOverride ? (
        <TextField
          name="overrideReason"
          label={t("ask.overrideReason")}
          error={errorAt(state, "overrideReason")}
          defaultValue={typed(state, "overrideReason")}
          required
        />
      ) : null}
      {kind === "book" ? (
        <TextareaField
          name="reason"
          label={t("book.reason")}
          note={optional}
          hint={t("book.reasonHint")}
          rows={2}
          error={errorAt(state, "reason")}
          defaultValue={typed(state, "reason")}
        />
      ) : null}
      <SubmitButton
        className="justify-self-start"
        pendingLabel={t(kind === "book" ? "book.pending" : "moving.pending")}
      >
        {isOverride ? t("ask.take") : t(kind === "book" ? "book.submit" : "moving.submit")}
      </SubmitButton>
    </form>
  );
}
