"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Skeleton } from "../ui/skeleton";
import type { BarsProps } from "./bars";

const Bars = dynamic(() => import("./bars").then((module) => module.Bars), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** A question, its answer in a sentence, as a picture, and as the table beneath. */
export function Chart({
  title,
  summary,
  bars,
  axis,
  children,
}: {
  title: string;
  /** The picture in words. */
  summary: string;
  bars: BarsProps;
  /** What stands under the bars, where their names alone do not say it. */
  axis?: string | undefined;
  /** The same figures as a table. */
  children: ReactNode;
}) {
  const t = useTranslations("admin.dashboard.charts");
  const isEmpty = bars.data.every((row) => bars.series.every(({ key }) => !row[key]));
  return (
    <figure className="grid content-start gap-3 border-t pt-4">
      <figcaption>
        <h2 className="text-base">{title}</h2>
        <p className="text-sm text-muted-foreground">{isEmpty ? t("noData") : summary}</p>
      </figcaption>
      {isEmpty ? null : (
        <>
          {bars.series.length > 1 ? (
            <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
              {bars.series.map(({ key, label, colour }) => (
                <li key={key} className="flex items-center gap-1.5">
                  <svg aria-hidden="true" viewBox="0 0 10 10" className="size-3">
                    <rect width="10" height="10" rx="2" fill={colour} />
                  </svg>
                  {label}
                </li>
              ))}
            </ul>
          ) : null}
          <div role="img" aria-label={`${title} ${summary}`} className="h-64 min-w-0 print:h-56">
            <Bars {...bars} />
          </div>
          {axis ? (
            <p aria-hidden="true" className="-mt-2 text-center text-sm text-muted-foreground">
              {axis}
            </p>
          ) : null}
        </>
      )}
      <details className="text-sm">
        <summary className="w-fit rounded-md py-1.5 font-semibold">{t("table")}</summary>
        <div className="mt-2 max-h-96 overflow-y-auto">{children}</div>
      </details>
    </figure>
  );
}
