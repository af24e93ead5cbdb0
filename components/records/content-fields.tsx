"use client";

import { useTranslations } from "next-intl";
import type { RecordKind } from "@/lib/records/schemas";
import { CheckboxField } from "../ui/checkbox";
import { SelectField, TextareaField, TextField } from "../ui/field";
import type { DraftValues } from "./draft-store";

const SYSTEMS = ["icd-10", "snomed-ct", "text"] as const;
type Props = {
  kind: RecordKind;
  /** Whether the kind is named by a system of codes. */
  isCoded: boolean;
  values: DraftValues;
  errorAt: (path: string) => string | undefined;
};

/** What a record says, by its kind. */
export function ContentFields({ kind, isCoded, values, errorAt }: Props) {
  const t = useTranslations("records.fields");
  return (
    <>
      <TextField
        name="title"
        label={t(`titles.${kind}`)}
        error={errorAt("title")}
        defaultValue={values.title}
        maxLength={200}
        autoComplete="off"
      />
      {isCoded ? (
        <div className="grid gap-4 sm:grid-cols-[10rem_8rem_minmax(0,1fr)]">
          <SelectField name="system" label={t("system")} error={errorAt("system")} defaultValue={values.system}>
            {SYSTEMS.map((system) => (
              <option key={system} value={system}>
                {t(`systems.${system}`)}
              </option>
            ))}
          </SelectField>
          <TextField
            name="code"
            label={t("code")}
            note={t("optional")}
            error={errorAt("code")}
            defaultValue={values.code}
            maxLength={40}
            autoComplete="off"
            controlClassName="figures"
          />
          <TextField
            name="display"
            label={t("display")}
            note={t("optional")}
            error={errorAt("display")}
            defaultValue={values.display}
            maxLength={200}
            autoComplete="off"
          />
        </div>
      ) : null}
      <TextareaField
        name="body"
        label={t("body")}
        error={errorAt("body")}
        defaultValue={values.body}
        rows={6}
        controlClassName={kind === "visit_note" || kind === "document" ? "min-h-72" : "min-h-32"}
        maxLength={50_000}
      />
      <CheckboxField
        id="isWarning"
        name="isWarning"
        value="on"
        label={t("isWarning")}
        defaultChecked={values.isWarning}
      />
    </>
  );
}
