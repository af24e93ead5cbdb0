import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { VisitView } from "@/lib/appointments/views";
import { formatTime, formatTimeRange } from "@/lib/format/dates";

/** How the calendar names a visit; `hidden` keeps the patient's name from whoever looks over the shoulder. */
export function useVisitWords(timeZone: string, hidden: boolean) {
  const t = useTranslations("calendar");
  const status = useTranslations("ui.status.staff");
  const locale = useLocale();
  return useMemo(() => {
    const name = (visit: VisitView) => (visit.patient ? (hidden ? t("hidden") : visit.patient.name) : t("nobody"));
    return {
      name,
      time: (visit: VisitView) => formatTime(visit.start, timeZone, locale),
      range: (visit: VisitView) => formatTimeRange(visit.start, visit.end, timeZone, locale),
      /** The whole visit in one sentence, for a screen reader. */
      sentence: (visit: VisitView) =>
        t("event", {
          time: formatTimeRange(visit.start, visit.end, timeZone, locale),
          name: name(visit),
          service: visit.service.name,
          status: status(visit.status),
        }),
    };
  }, [t, status, locale, timeZone, hidden]);
}
export type VisitWords = ReturnType<typeof useVisitWords>;
