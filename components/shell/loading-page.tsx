"use client";

import { useTranslations } from "next-intl";
import { Skeleton } from "../ui/skeleton";

const rows = { column: [1, 2, 3, 4], table: [1, 2, 3, 4, 5, 6, 7, 8, 9] };

/** Keeps the shape of a page while it loads, and says so. Use it as a route's `loading.tsx`. */
export function LoadingPage({ kind = "column" }: { kind?: "column" | "table" }) {
  const t = useTranslations("shell");
  return (
    <div className={kind === "column" ? "mx-auto max-w-column" : undefined}>
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      <Skeleton className="mb-8 h-10 w-2/3 max-w-md" />
      <div className="grid gap-3">
        {rows[kind].map((row) => (
          <Skeleton key={row} className={kind === "column" ? "h-24" : "h-10"} />
        ))}
      </div>
    </div>
  );
}
