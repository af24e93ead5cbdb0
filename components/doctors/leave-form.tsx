"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type FormAction, type FormAnswer, useFormAction } from "../staff/use-form-action";
import { Alert } from "../ui/alert";
import { ErrorSummary } from "../ui/error-summary";
import { SelectField, TextField } from "../ui/field";
import { RadioGroup } from "../ui/radio-group";
import { SubmitButton } from "../ui/submit-button";
import type { Named } from "./hours-row";

type Props<State extends FormAnswer> = {
  doctorId: string;
  places: Named[];
  /** A form action over `exceptionForm`. */
  add: FormAction<State>;
  idle: State;
};

/** Enters leave or extra hours. */
export function LeaveForm<State extends FormAnswer>({ doctorId, places, add, idle }: Props<State>) {
  const t = useTranslations("hours.add_exception");
  const all = useTranslations("hours.exceptions");
  const ui = useTranslations("ui");
  const [state, submit] = useFormAction(add, idle);
  const [kind, setKind] = useState("leave");
  const error = (path: string) => state.errors.find((one) => one.path === path)?.message;
  const typed = (name: string) => {
    const value = state.status === "refused" ? state.values[name] : undefined;
    return Array.isArray(value) ? value[0] : value;
  };
  const field = (name: "fromDate" | "fromTime" | "toDate" | "toTime") => ({
    name,
    label: t(name),
    error: error(name),
    defaultValue: typed(name),
    type: name.endsWith("Date") ? "date" : "time",
    ...(name.endsWith("Time") ? { note: ui("optional") } : {}),
    className: name.endsWith("Date") ? "w-44" : "w-40",
  });
  return (
    <form action={submit} noValidate className="grid gap-4">
      <ErrorSummary errors={state.errors} />
      {state.status === "done" ? (
        <Alert variant="success" role="status">
          {t("added")}
        </Alert>
      ) : null}
      <input type="hidden" name="doctorId" value={doctorId} />
      <RadioGroup
        name="kind"
        label={t("kind")}
        value={kind}
        onValueChange={setKind}
        choices={[
          { value: "leave", label: t("leave"), hint: t("leaveHint") },
          { value: "extra", label: t("extra"), hint: t("extraHint") },
        ]}
      />
      {places.length > 1 ? (
        <SelectField
          name="locationId"
          label={t("place")}
          error={error("locationId")}
          defaultValue={typed("locationId") ?? (kind === "extra" ? places[0]?.id : "")}
          key={kind}
          className="max-w-72"
        >
          {kind === "leave" ? <option value="">{all("everywhere")}</option> : null}
          {places.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : kind === "extra" ? (
        <input type="hidden" name="locationId" value={places[0]?.id} />
      ) : null}
      <div className="flex flex-wrap gap-x-4 gap-y-3">
        <TextField {...field("fromDate")} />
        <TextField {...field("fromTime")} />
      </div>
      <div className="flex flex-wrap gap-x-4 gap-y-3">
        <TextField {...field("toDate")} />
        <TextField {...field("toTime")} />
      </div>
      <p className="text-sm text-muted-foreground">{t("wholeDay")}</p>
      <TextField
        name="reason"
        label={t("reason")}
        note={ui("optional")}
        hint={t("reasonHint")}
        error={error("reason")}
        defaultValue={typed("reason")}
        maxLength={300}
      />
      <SubmitButton size="sm" className="justify-self-start" pendingLabel={t("adding")}>
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
