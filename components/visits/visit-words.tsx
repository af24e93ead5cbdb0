import { CalendarPlus, CircleCheck, MapPin, Phone, Video } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
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

/** Where it is, with the way there; for video the link, for a call what to expect. */
export function VisitWhere({ visit, isAhead }: { visit: VisitView; isAhead: boolean }) {
  const t = useTranslations("visits");
  if (visit.modality === "phone") return <span>{t("details.byPhone")}</span>;
  if (visit.modality === "video")
    return (
      <span className="grid gap-1">
        {t("details.byVideo")}
        {isAhead && visit.videoUrl ? <span className="text-base text-muted-foreground">{t("joinHint")}</span> : null}
      </span>
    );
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

/** The one thing to press on the day: the way there, or the video link. */
export function GetThere({ visit }: { visit: VisitView }) {
  const t = useTranslations("visits");
  if (visit.modality === "video" && visit.videoUrl)
    return (
      <Button asChild>
        <a href={visit.videoUrl} rel="noreferrer">
          <Video aria-hidden />
          {t("join")}
        </a>
      </Button>
    );
  if (visit.modality === "phone")
    return (
      <p className="flex items-center gap-2 text-base">
        <Phone aria-hidden className="size-5 text-primary" />
        {t("phoneHint")}
      </p>
    );
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
