"use client";

import { Hourglass } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { LiveRegion } from "../ui/live-region";

const SECOND = 1_000;
const SPOKEN_AT = 60;

/** How long the time is still kept, and the one chance of more. `leftMs` starts the count anew when it changes. */
export function HoldTimer({
  leftMs,
  onExtend,
  note,
}: {
  leftMs: number;
  onExtend: (() => Promise<void>) | null;
  note?: string;
}) {
  const t = useTranslations("find.hold");
  const [left, setLeft] = useState(leftMs);
  const [pending, setPending] = useState(false);

  useEffect(() => {
    // Counted against the clock, as timers sleep with the tab.
    const end = performance.now() + leftMs;
    const tick = () => setLeft(Math.max(0, end - performance.now()));
    tick();
    const timer = setInterval(tick, SECOND);
    return () => clearInterval(timer);
  }, [leftMs]);

  const seconds = Math.ceil(left / SECOND);
  const isOver = seconds <= 0;
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const extend = async () => {
    if (pending || !onExtend) return;
    setPending(true);
    await onExtend();
    setPending(false);
  };
  return (
    <div className="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-accent-line bg-accent px-4 py-2.5 text-base text-accent-foreground">
      <Hourglass aria-hidden className="size-5 shrink-0" />
      <p className="min-w-0 flex-1 basis-40">
        {isOver ? (
          t("over")
        ) : (
          <>
            {t("kept")} <strong className="figures font-bold">{clock}</strong>
            {note ? <span className="block">{note}</span> : null}
          </>
        )}
      </p>
      {onExtend && !isOver ? (
        <Button
          variant="secondary"
          className="noscript:hidden"
          onClick={() => void extend()}
          aria-disabled={pending || undefined}
        >
          {t("extend")}
        </Button>
      ) : null}
      <LiveRegion message={isOver ? t("over") : seconds <= SPOKEN_AT ? t("soon") : (note ?? "")} />
    </div>
  );
}
