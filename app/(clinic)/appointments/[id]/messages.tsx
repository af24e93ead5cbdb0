import { Ban, CheckCheck, Clock, Send, TriangleAlert } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { shortWhen } from "@/components/clinic/when";
import { Badge } from "@/components/ui/badge";
import { spanOf } from "@/lib/format/span";
import type { NotificationView } from "@/lib/notifications/views";

const LOOKS = {
  pending: { icon: Clock, variant: "neutral" },
  queued: { icon: Clock, variant: "neutral" },
  sending: { icon: Send, variant: "neutral" },
  sent: { icon: Send, variant: "accent" },
  delivered: { icon: CheckCheck, variant: "success" },
  withdrawn: { icon: Ban, variant: "neutral" },
  failed: { icon: TriangleAlert, variant: "danger" },
  dead: { icon: TriangleAlert, variant: "danger" },
} as const;

const KINDS = [
  "appointment.booked",
  "appointment.rescheduled",
  "appointment.cancelled",
  "appointment.reminder",
  "appointment.follow_up",
  "appointment.offered",
  "appointment.next_visit_due",
  "appointment.recall_due",
] as const;

/** Why a message was taken back or waits, where there are words for it. */
const REASONS = [
  "superseded",
  "cancelled",
  "confirmed",
  "arrived",
  "not_attended",
  "booked",
  "no_consent",
  "past",
  "passed_over",
  "pace",
  "replanned",
  "no_recipient",
  "no_address",
  "switched_off",
  "no_such_address",
  "not_delivered",
] as const;

/** What the patient was told and will be, in order of time, by the clock of the visit's location. */
export async function Messages({ items, timeZone }: { items: NotificationView[]; timeZone: string }) {
  const [t, locale] = await Promise.all([getTranslations("messages"), getLocale()]);
  if (items.length === 0) return <p className="text-sm text-muted-foreground">{t("none")}</p>;
  const kind = ({ kind, step }: NotificationView) => {
    const known = KINDS.find((one) => one === kind);
    const minutes = Number(/^(?:before|after)_(\d+)$/.exec(step)?.[1] ?? Number.NaN);
    const name = known ? t(`kind.${known.slice("appointment.".length)}` as "kind.booked") : kind;
    if (Number.isNaN(minutes)) return name;
    const { value, unit } = spanOf(minutes);
    return `${name}, ${t(step.startsWith("before") ? "before" : "after", { count: value, unit })}`;
  };
  const why = ({ status, errorClass }: NotificationView) => {
    if (!errorClass || status === "sent" || status === "delivered") return null;
    const known = REASONS.find((one) => one === errorClass);
    return known ? t(`reason.${known}`) : t("reason.provider", { code: errorClass });
  };
  const inOrder = [...items].sort((a, b) => whenOf(a).localeCompare(whenOf(b)));
  return (
    <ul className="grid gap-2.5 text-sm">
      {inOrder.map((item) => {
        const { icon: Icon, variant } = LOOKS[item.status];
        const reason = why(item);
        return (
          <li key={item.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <Badge variant={variant}>
              <Icon aria-hidden />
              {t(`status.${item.status}`)}
            </Badge>
            <span className="font-semibold">{kind(item)}</span>
            <span>{t(`channel.${item.channel}`)}</span>
            <time className="figures text-muted-foreground" dateTime={whenOf(item)}>
              {shortWhen(whenOf(item), timeZone, locale)}
            </time>
            {reason ? <span className="text-muted-foreground">{reason}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}

const whenOf = ({ deliveredAt, sentAt, dueAt }: NotificationView) => deliveredAt ?? sentAt ?? dueAt;
