import { CalendarPlus, CircleCheck, type LucideIcon, MapPin, Phone, Video } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { VisitView } from "@/lib/appointments/views";
import { formatDay, formatTimeRange, zoneName } from "@/lib/format/dates";
import { Button } from "../ui/button";

/** Day and time of a visit by the clock of its place. */
export function VisitWhen({ visit, large = false }: { visit: VisitView; large?: boolean }) {
  const t = useTranslations("visits");
  const locale = useLocale();
  const { start, end, timeZone } = visit;
  const time = formatTimeRange(start, end, timeZone, locale);
  return (
    <span className="grid">
      <time dateTime={start} className={large ? "text-xl font-[650]" : "font-semibold"}>
        {formatDay(start, timeZone, locale)}
      </time>
      <span className={large ? "figures text-lg" : "figures"}>
        {t("zone", { time, zone: zoneName(timeZone, start, locale) })}
      </span>
    </span>
  );
}

const directions = (address: string) => `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`;

/** Where it is, in words. */
export function VisitWhere({ visit }: { visit: VisitView }) {
  const t = useTranslations("visits");
  if (visit.modality === "phone") return <span>{t("details.byPhone")}</span>;
  if (visit.modality === "video") return <span>{t("details.byVideo")}</span>;
  return (
    <span className="grid">
      <span>{visit.location.name}</span>
      {visit.locationAddress ? (
        <span className="whitespace-pre-line text-muted-foreground">{visit.locationAddress}</span>
      ) : null}
      {visit.room ? <span className="text-muted-foreground">{visit.room.name}</span> : null}
    </span>
  );
}

/** From when before its start a video visit can be joined. */
const JOIN_EARLY_MS = 15 * 60_000;

/** The one thing to press on the day: the way there, or the video link once it is near. */
export function GetThere({ visit, now }: { visit: VisitView; now: Date }) {
  const t = useTranslations("visits");
  if (visit.modality === "video") {
    if (!visit.videoUrl) return <Hint icon={Video}>{t("videoUnknown")}</Hint>;
    if (now.getTime() < Date.parse(visit.start) - JOIN_EARLY_MS) return <Hint icon={Video}>{t("videoHint")}</Hint>;
    return (
      <Button asChild>
        <a href={visit.videoUrl} rel="noreferrer">
          <Video aria-hidden />
          {t("join")}
        </a>
      </Button>
    );
  }
  if (visit.modality === "phone") return <Hint icon={Phone}>{t("phoneHint")}</Hint>;
  if (!visit.locationAddress) return null;
  return (
    <Button variant="secondary" asChild>
      <a href={directions(`${visit.location.name}, ${visit.locationAddress}`)} rel="noreferrer">
        <MapPin aria-hidden />
        {t("directions")}
      </a>
    </Button>
  );
}

const Hint = ({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) => (
  <p className="flex items-start gap-2 text-base">
    <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-primary" />
    {children}
  </p>
);

export function Confirmed() {
  const t = useTranslations("visits");
  return (
    <p className="flex items-center gap-2 text-base font-medium text-success-ink">
      <CircleCheck aria-hidden className="size-5 shrink-0" />
      {t("confirmed")}
    </p>
  );
}

export function CalendarLink({ id }: { id: string }) {
  const t = useTranslations("visits");
  return (
    <Button variant="secondary" asChild>
      <a href={`/visits/${id}/calendar.ics`} download>
        <CalendarPlus aria-hidden />
        {t("calendar")}
      </a>
    </Button>
  );
}
