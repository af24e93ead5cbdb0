"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";

/** Shown this once: to be printed or copied before going on. */
export function RecoveryCodes({ codes, next }: { codes: string[]; next: string }) {
  const t = useTranslations("account.codes");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="codes" className="grid gap-4 rounded-lg border bg-surface p-5">
      <h2 id="codes" ref={heading} tabIndex={-1} className="text-xl">
        {t("title")}
      </h2>
      <p>{t("body")}</p>
      <ol className="figures grid gap-x-8 gap-y-1 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-3 print:hidden">
        <Button variant="secondary" onClick={() => window.print()}>
          {t("print")}
        </Button>
        <Button asChild>
          {/* A plain link: what the old page knew of the account is out of date. */}
          <a href={next}>{t("done")}</a>
        </Button>
      </div>
    </section>
  );
}
