"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { errorAt, type FormState, idleForm, typed } from "@/lib/platform/action-state";

type Action = (state: FormState, form: FormData) => Promise<FormState>;
type Known = Record<string, unknown>;

/** A form's state, and what each field needs: its words from `admin.fields`, its error, and what was typed or is known. */
export function useAdminForm(action: Action, known: Known = {}) {
  const t = useTranslations("admin");
  const [state, submit] = useActionState(action, idleForm as FormState);
  const value = (name: string) => typed(state, name) ?? textOf(known[name]);
  const isOn = (name: string) => (state.status === "refused" ? typed(state, name) !== undefined : known[name] === true);
  const field = (name: string) => ({
    name,
    label: t(`fields.${name}`),
    error: errorAt(state, name),
    defaultValue: value(name),
    autoComplete: "off",
  });
  const box = (name: string) => ({
    name,
    label: t(`fields.${name}`),
    error: errorAt(state, name),
    defaultChecked: isOn(name),
  });
  /** Boxes of one list: which of them are ticked. */
  const chosen = (name: string): string[] => {
    if (state.status !== "refused") return (known[name] as string[] | undefined) ?? [];
    const sent = state.values[`${name}[]`];
    return sent === undefined ? [] : [sent].flat();
  };
  return { state, submit, field, box, chosen, t };
}

const textOf = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
