"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { DraftValues } from "@/components/records/draft-store";
import { Button } from "@/components/ui/button";
import { formatTime } from "@/lib/format/dates";
import type { Choice } from "./use-draft";

type Props = { choice: Choice; timeZone: string; onChoose: (values: DraftValues) => void };

/** Both wordings of a draft side by side; neither is lost before somebody has chosen. */
export function TwoWordings({ choice: { why, mine, theirs }, timeZone, onChoose }: Props) {
  const t = useTranslations("records.write");
  const locale = useLocale();
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  const both = { ...theirs.values, body: `${theirs.values.body}\n\n${mine.body}` };
  return (
    <section
      ref={box}
      tabIndex={-1}
      data-focus-ring
      aria-labelledby="two-wordings"
      className="grid gap-4 rounded-lg border-2 border-warning-line bg-surface p-4"
    >
      <div>
        <h2 id="two-wordings" className="text-lg">
          {t(`${why}.title`)}
        </h2>
        <p>{t(`${why}.body`)}</p>
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <Wording title={t("mine")} values={mine} />
        <Wording title={t("theirs", { time: formatTime(theirs.at, timeZone, locale) })} values={theirs.values} />
      </div>
      <div className="flex flex-wrap gap-3">
        <Button size="sm" onClick={() => onChoose(mine)}>
          {t("useMine")}
        </Button>
        <Button size="sm" variant="secondary" onClick={() => onChoose(theirs.values)}>
          {t("useTheirs")}
        </Button>
        <Button size="sm" variant="secondary" onClick={() => onChoose(both)}>
          {t("useBoth")}
        </Button>
      </div>
    </section>
  );
}

function Wording({ title, values }: { title: string; values: DraftValues }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-base">{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section tabIndex={0} aria-label={title} className="max-h-72 overflow-y-auto rounded-md bg-sunken p-3">
        <p className="font-semibold break-words">{values.title}</p>
        {values.display ? <p>{[values.code, values.display].filter(Boolean).join(" ")}</p> : null}
        <p className="break-words whitespace-pre-wrap">{values.body}</p>
      </section>
    </div>
  );
}
