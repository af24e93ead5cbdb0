"use client";

import { useActionState } from "react";

/** What every form's action answers, as far as components look at it. */
export type FormAnswer = {
  status: "idle" | "done" | "refused";
  errors: { path: string; message: string }[];
  values: Record<string, string | string[]>;
};
/** A form's action and what it answers before it was ever sent; a page hands both to the component. */
export type FormAction<State extends FormAnswer> = (state: State, form: FormData) => Promise<State>;

/** `useActionState` for an action that a page passed down. */
export function useFormAction<State extends FormAnswer>(
  action: FormAction<State>,
  idle: State,
): [State, (form: FormData) => void, boolean] {
  return useActionState(
    action as unknown as (state: Awaited<State>, form: FormData) => Promise<Awaited<State>>,
    idle as Awaited<State>,
  );
}
