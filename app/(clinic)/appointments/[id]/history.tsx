import { getLocale, getTranslations } from "next-intl/server";
import { shortWhen } from "@/components/clinic/when";
import { visitStatuses } from "@/components/ui/status-badge";
import type { AppointmentEventView } from "@/lib/appointments/views";

const TYPES = [
  "appointment_held",
  "appointment_hold_released",
  "appointment_hold_extended",
  "appointment_booked",
  "appointment_confirmed",
  "appointment_rescheduled",
  "appointment_cancelled",
  "appointment_status_changed",
] as const;

/** What happened to a visit, oldest first, by the clock of its location. */
export async function History({
  events,
  timeZone,
  userId,
}: {
  events: AppointmentEventView[];
  timeZone: string;
  /** Who reads: their own steps are "by you". */
  userId: string;
}) {
  const [t, words, locale] = await Promise.all([
    getTranslations("clinic.visit"),
    getTranslations("ui.status.staff"),
    getLocale(),
  ]);
  const at = (value: unknown) => (typeof value === "string" ? shortWhen(value, timeZone, locale) : "");
  const more = ({ type, data }: AppointmentEventView) => {
    const to = visitStatuses.find((status) => status === data.to);
    const parts = [
      type === "appointment.status_changed" && to ? words(to) : null,
      type === "appointment.rescheduled" ? t("eventMoved", { from: at(data.from), to: at(data.start) }) : null,
      data.isOverridden ? t("eventOverridden") : null,
    ];
    return parts.filter(Boolean).join(", ");
  };
  return (
    <ol className="grid gap-3 border-s-2 ps-4 text-sm">
      {events.map((event) => {
        const type = TYPES.find((known) => known === event.type.replace(".", "_")) ?? "other";
        const by = event.actor.kind === "system" ? "system" : event.actor.userId === userId ? "you" : "user";
        const detail = more(event);
        return (
          <li key={event.id}>
            <p className="font-semibold">
              {t(`event.${type}`)}
              {detail ? <span className="font-normal">{`: ${detail}`}</span> : null}
            </p>
            <p className="figures text-muted-foreground">
              <time dateTime={event.at}>{at(event.at)}</time> {t(`by.${by}`)}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
