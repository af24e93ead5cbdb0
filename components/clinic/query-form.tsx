"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useTransition } from "react";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";

/**
 * Fields whose answers live in the address. A GET form with a button; once scripts run, a choice takes effect by itself. Fields named in
 * `resets` are left out when another one changes: another day has other times.
 */
export function QueryForm({
  label,
  resets = {},
  className,
  children,
}: {
  label: string;
  resets?: Record<string, readonly string[]>;
  className?: string;
  children: ReactNode;
}) {
  const t = useTranslations("clinic");
  const router = useRouter();
  const path = usePathname();
  const form = useRef<HTMLFormElement>(null);
  const [pending, start] = useTransition();

  function go(changed?: string) {
    if (!form.current) return;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form.current)) {
      const isStale = changed !== undefined && (resets[changed]?.includes(name) ?? false);
      if (typeof value === "string" && value.trim() !== "" && !isStale) query.append(name, value);
    }
    const text = query.toString();
    start(() => router.push(text ? `${path}?${text}` : path, { scroll: false }));
  }
  return (
    <form
      ref={form}
      method="get"
      action={path}
      aria-label={label}
      aria-busy={pending}
      onChange={(event) => {
        const target: EventTarget = event.target;
        // Typed dates change with each key; they wait for the button or Enter.
        const isTyped = target instanceof HTMLInputElement && !["date", "radio", "checkbox"].includes(target.type);
        if (isTyped || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
        if (target.value !== "" || target instanceof HTMLSelectElement) go(target.name);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
      className={cn(
        "flex flex-wrap items-end gap-3 max-sm:[&>[data-slot=field]]:w-full",
        pending && "opacity-70",
        className,
      )}
    >
      {children}
      <Button type="submit" variant="secondary" size="sm">
        {t("show")}
      </Button>
    </form>
  );
}
