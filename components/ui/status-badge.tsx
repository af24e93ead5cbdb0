import { Ban, CalendarCheck, CheckCheck, ClipboardCheck, DoorOpen, Hourglass, Stethoscope, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "./cn";

const looks = {
  held: { icon: Hourglass, className: "border-dashed border-status-held-line bg-status-held text-status-held-ink" },
  booked: { icon: CalendarCheck, className: "border-status-booked-line bg-status-booked text-status-booked-ink" },
  arrived: { icon: DoorOpen, className: "border-status-arrived-line bg-status-arrived text-status-arrived-ink" },
  checked_in: {
    icon: ClipboardCheck,
    className: "border-status-checked-in-line bg-status-checked-in text-status-checked-in-ink",
  },
  in_progress: {
    icon: Stethoscope,
    className: "border-status-in-progress-line bg-status-in-progress text-status-in-progress-ink",
  },
  fulfilled: {
    icon: CheckCheck,
    className: "border-status-fulfilled-line bg-status-fulfilled text-status-fulfilled-ink",
  },
  no_show: { icon: UserX, className: "border-status-no-show-line bg-status-no-show text-status-no-show-ink" },
  cancelled: { icon: Ban, className: "border-status-cancelled-line bg-status-cancelled text-status-cancelled-ink" },
} as const;

export type VisitStatus = keyof typeof looks;
export const visitStatuses = Object.keys(looks) as VisitStatus[];

/** The icon of a status alone, for calendars; always beside its word somewhere near. */
export function StatusIcon({ status, className }: { status: VisitStatus; className?: string }) {
  const Icon = looks[status].icon;
  return <Icon aria-hidden className={cn("size-3.5 shrink-0", className)} />;
}

/** Background, border and ink of a status, for calendar blocks and board columns. */
export const statusClass = (status: VisitStatus) => looks[status].className;

/** A visit's status in words, with icon and colour. `audience="patient"` uses plainer words. */
export function StatusBadge({
  status,
  audience = "staff",
  className,
}: {
  status: VisitStatus;
  audience?: "staff" | "patient";
  className?: string;
}) {
  const t = useTranslations(`ui.status.${audience}`);
  return (
    <span
      data-slot="status-badge"
      data-status={status}
      className={cn(
        "inline-flex items-center gap-1.5 rounded-md border px-2 py-0.5 text-sm font-semibold whitespace-nowrap",
        looks[status].className,
        className,
      )}
    >
      <StatusIcon status={status} />
      {t(status)}
    </span>
  );
}
