"use client";

import { WifiOff } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { formatTime } from "@/lib/format/dates";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";

/** Says that what is shown may be old, and since when. */
export function LostBanner({
  trouble,
  at,
  timeZone,
}: {
  trouble: "lost" | "signed_out" | null;
  at: string;
  timeZone: string;
}) {
  const t = useTranslations("calendar.lost");
  const locale = useLocale();
  return (
    <div aria-live="assertive">
      {trouble === null ? null : (
        <Alert
          variant="warning"
          className="mb-3"
          title={
            <span className="flex items-center gap-2">
              {trouble === "lost" ? <WifiOff aria-hidden className="size-4" /> : null}
              {trouble === "lost" ? t("title") : t("signedOut")}
            </span>
          }
          action={
            trouble === "signed_out" ? (
              <Button size="sm" variant="secondary" asChild>
                <a href="/sign-in?next=/calendar">{t("signIn")}</a>
              </Button>
            ) : null
          }
        >
          {trouble === "lost" ? t("body", { time: formatTime(at, timeZone, locale) }) : null}
        </Alert>
      )}
    </div>
  );
}
