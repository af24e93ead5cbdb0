"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { DateOfBirth, isoToDateParts } from "@/components/ui/date-of-birth";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextareaField, TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PatientView } from "@/lib/patients/views";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { registerPatientAction, updatePatientAction } from "./actions";

/** Registers a patient, or corrects one. `start` prefills what somebody has already typed into the search. */
export function PatientForm({
  patient,
  start = {},
  cancelHref,
}: {
  patient?: PatientView;
  start?: { givenName?: string; familyName?: string };
  cancelHref: string;
}) {
  const t = useTranslations("patients");
  const optional = useTranslations("ui")("optional");
  const [state, submit] = useActionState(patient ? updatePatientAction : registerPatientAction, idleForm);
  const known: Record<string, string | number | null | undefined> = { ...start, ...patient };
  const field = (name: string) => ({
    name,
    label: t(`fields.${name}`),
    error: errorAt(state, name),
    defaultValue: typed(state, name) ?? known[name] ?? "",
    autoComplete: "off",
  });
  const birth = isoToDateParts(patient?.dateOfBirth);
  return (
    <form action={submit} noValidate className="grid max-w-xl gap-5">
      <ErrorSummary errors={state.errors} />
      {patient ? (
        <>
          <input type="hidden" name="id" value={patient.id} />
          <input type="hidden" name="expectedVersion" value={patient.version} />
        </>
      ) : null}
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField {...field("givenName")} />
        <TextField {...field("familyName")} />
      </div>
      <DateOfBirth
        name="dateOfBirth"
        note={optional}
        error={errorAt(state, "dateOfBirth")}
        autoComplete={false}
        defaultValue={{
          day: typed(state, "dateOfBirth-day") ?? birth.day ?? "",
          month: typed(state, "dateOfBirth-month") ?? birth.month ?? "",
          year: typed(state, "dateOfBirth-year") ?? birth.year ?? "",
        }}
      />
      <SelectField
        {...field("sex")}
        defaultValue={typed(state, "sex") ?? patient?.sex ?? "unknown"}
        controlClassName="sm:max-w-60"
      >
        {(["unknown", "female", "male", "other"] as const).map((value) => (
          <option key={value} value={value}>
            {t(`sex.${value}`)}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField {...field("phone")} type="tel" inputMode="tel" note={optional} hint={t("hints.phone")} />
        <TextField {...field("email")} type="email" note={optional} hint={t("hints.email")} />
      </div>
      <TextareaField {...field("address")} note={optional} rows={3} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pendingLabel={t("saving")}>{patient ? t("save") : t("register")}</SubmitButton>
        <Button variant="secondary" asChild>
          <Link href={cancelHref}>{t("cancel")}</Link>
        </Button>
      </div>
    </form>
  );
}
