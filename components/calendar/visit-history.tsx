"use client";

import { useLocale, useTranslations } from "next-intl";
import type { AppointmentEventView } from "@/lib/appointments/views";
import { formatDate, formatTime } from "@/lib/format/dates";
import { visitStatuses } from "../ui/status-badge";
import type { VisitDetails } from "./types";

const KNOWN = [
  "booked",
  "held",
  "hold_extended",
  "hold_released",
  "confirmed",
  "rescheduled",
  "cancelled",
  "status_changed",
] as const;

/** What happened to a visit, by whom, the latest first. */
export function VisitHistory({ details: { history, visit, viewerId } }: { details: VisitDetails }) {
  const t = useTranslations("calendar.visit.history");
  const locale = useLocale();
  const who = ({ actor }: AppointmentEventView) =>
    actor.userId === viewerId ? t("you") : actor.kind === "system" ? t("system") : t("someone");
  const when = (at: string) => `${formatDate(at, visit.timeZone, locale)}, ${formatTime(at, visit.timeZone, locale)}`;
  return (
    <section>
      <h3 className="mb-1 text-base">{t("title")}</h3>
      <ol>
        {history.toReversed().map((event) => (
          <li key={event.id} className="border-t py-1.5">
            <EventWords event={event} when={when} />
            <span className="block text-muted-foreground">
              {when(event.at)}, {who(event)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function EventWords({ event, when }: { event: AppointmentEventView; when: (at: string) => string }) {
  const t = useTranslations("calendar.visit.history");
  const status = useTranslations("ui.status.staff");
  const kind = KNOWN.find((known) => event.type === `appointment.${known}`);
  const { from, start, to } = event.data;
  if (kind === "rescheduled" && typeof from === "string" && typeof start === "string")
    return t("rescheduled", { from: when(from), to: when(start) });
  if (kind === "status_changed") {
    const reached = visitStatuses.find((known) => known === to);
    return reached ? t("status_changed", { status: status(reached) }) : t("other");
  }
  return kind && kind !== "rescheduled" ? t(kind) : t("other");
}
