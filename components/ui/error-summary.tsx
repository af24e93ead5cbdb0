"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { fieldId } from "./field";

/** `signIn`: it goes away by signing in again. */
export type SummaryError = { path: string; message: string; signIn?: true };

function controlOf(path: string): HTMLElement | null {
  const id = fieldId(path);
  return (
    document.querySelector<HTMLElement>(`#${CSS.escape(id)}`) ??
    document.querySelector<HTMLElement>(`[data-field="${CSS.escape(id)}"] :is(input, select, textarea)`) ??
    document.querySelector<HTMLElement>(`[name="${CSS.escape(path)}"]`)
  );
}

/**
 * What is wrong, on top of the form, even for one error. Takes the focus each time `errors` is a new list,
 * and puts "Error: " before the page's title. Give it the list that the action returned.
 */
export function ErrorSummary({ errors, title }: { errors: readonly SummaryError[]; title?: string }) {
  const t = useTranslations("ui.errorSummary");
  const box = useRef<HTMLDivElement>(null);
  const prefix = t("titlePrefix");

  useEffect(() => {
    if (errors.length === 0) return;
    box.current?.focus();
    const mark = () => {
      if (!document.title.startsWith(prefix)) document.title = `${prefix} ${document.title}`;
    };
    mark();
    // The framework writes the title again when it streams metadata or refreshes after an action.
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length).trimStart();
    };
  }, [errors, prefix]);

  if (errors.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      data-focus-ring
      data-slot="error-summary"
      className="mb-8 [.grid>&]:mb-0 rounded-lg border-3 border-destructive bg-surface p-5"
    >
      <h2 className="text-lg">{title ?? t("title")}</h2>
      <ul className="mt-2 grid gap-1.5">
        {errors.map((error) => (
          <li key={`${error.path} ${error.message}`}>
            {error.signIn ? (
              <SignInAgain message={error.message} />
            ) : error.path === "" ? (
              <span className="font-semibold text-destructive">{error.message}</span>
            ) : (
              <a
                href={`#${fieldId(error.path)}`}
                className="font-semibold text-destructive underline underline-offset-3 hover:decoration-3"
                onClick={(event) => {
                  const control = controlOf(error.path);
                  if (!control) return;
                  event.preventDefault();
                  control.scrollIntoView({ block: "center" });
                  control.focus({ preventScroll: true });
                }}
              >
                {error.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Asks for the way back to this page after signing in; who keeps what was typed hears of it first. */
function SignInAgain({ message }: { message: string }) {
  const t = useTranslations("ui.errorSummary");
  return (
    <span className="font-semibold text-destructive">
      {message}{" "}
      <a
        href="/sign-in"
        className="underline underline-offset-3 hover:decoration-3"
        onClick={(event) => {
          const detail = event.currentTarget.closest("form");
          if (!window.dispatchEvent(new CustomEvent("signinagain", { cancelable: true, detail })))
            event.preventDefault();
        }}
      >
        {t("signIn")}
      </a>
    </span>
  );
}
