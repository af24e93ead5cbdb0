"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [role=dialog], [role=alertdialog]") !==
      null);

/** One search for patients and visits; "/" goes there unless something is being typed. A plain GET form, so Enter always works. */
export function StaffSearch({ action }: { action: string }) {
  const t = useTranslations("shell.search");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    function focusSearch(event: KeyboardEvent) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    }
    document.addEventListener("keydown", focusSearch);
    return () => document.removeEventListener("keydown", focusSearch);
  }, []);
  return (
    <search className="w-full max-w-md min-w-0">
      <form action={action} className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute inset-y-0 start-3 my-auto size-4 text-muted-foreground"
        />
        <input
          ref={field}
          type="search"
          name="q"
          aria-label={t("label")}
          aria-keyshortcuts="/"
          placeholder={t("placeholder")}
          autoComplete="off"
          className="min-h-11 w-full rounded-md border border-input bg-surface ps-9 pe-9 text-base text-ellipsis lg:min-h-9 lg:text-sm pointer-coarse:min-h-11"
        />
        <kbd
          aria-hidden
          className="pointer-events-none absolute inset-y-0 end-2 my-auto h-fit rounded-sm border bg-sunken px-1.5 font-sans text-sm text-muted-foreground max-sm:hidden"
        >
          /
        </kbd>
      </form>
    </search>
  );
}
