import { CalendarX, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { SlotView } from "@/lib/availability/views";
import { formatDay, formatLocalDate, formatTime, zoneName } from "@/lib/format/dates";
import { slotToken } from "../find/query";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { hrefOf, type Params } from "./href";

type Times = {
  days: { date: string; count: number }[];
  day: string | null;
  slots: SlotView[];
  earlier: string | null;
  later: string;
  next: string | null;
};
type Names = ReadonlyMap<string, string>;
type Props = {
  path: string;
  params: Params;
  times: Times;
  doctors: Names;
  locations: Names;
  chosen: string | undefined;
};

/** Two weeks of days, and the free times of one of them by doctor and place. Everything is a link, so the address is the state. */
export function SlotPicker({ path, params, times, doctors, locations, chosen }: Props) {
  const t = useTranslations("clinic.pick");
  const locale = useLocale();
  const at = (changes: Params) => hrefOf(path, { ...params, slot: undefined, ...changes });
  return (
    <div className="grid gap-5">
      <nav aria-label={t("days")} className="grid grid-cols-2 items-stretch gap-2 sm:grid-cols-[auto_1fr_auto]">
        <PageLink href={times.earlier ? at({ from: times.earlier, day: undefined }) : null} label={t("earlier")}>
          <ChevronLeft aria-hidden className="rtl:rotate-180" />
        </PageLink>
        <ul className="grid grid-cols-3 gap-1.5 max-sm:order-last max-sm:col-span-2 sm:grid-cols-7">
          {times.days.map(({ date, count }) => (
            <li key={date} className="grid">
              <Link
                href={at({ from: times.days[0]?.date, day: date })}
                scroll={false}
                aria-current={date === times.day ? "date" : undefined}
                aria-label={t("dayLabel", { day: formatLocalDate(date, locale), count })}
                className={cn(
                  "grid min-h-16 content-center justify-items-center rounded-md border border-input bg-surface px-1 py-1 text-sm hover:border-primary hover:bg-accent aria-[current=date]:border-primary aria-[current=date]:bg-primary aria-[current=date]:text-primary-foreground forced:aria-[current=date]:border-[Highlight]",
                  count === 0 && "border-border bg-sunken text-muted-foreground",
                )}
              >
                <span className="figures font-semibold whitespace-nowrap">
                  {formatLocalDate(date, locale, "weekday")} {formatLocalDate(date, locale, "number")}
                </span>
                <span className="figures">{t("free", { count })}</span>
              </Link>
            </li>
          ))}
        </ul>
        <PageLink href={at({ from: times.later, day: undefined })} label={t("later")}>
          <ChevronRight aria-hidden className="rtl:rotate-180" />
        </PageLink>
      </nav>
      {times.day && times.slots.length > 0 ? (
        <SlotRows {...{ path, params, times, doctors, locations, chosen }} />
      ) : (
        <EmptyState icon={CalendarX} title={times.day ? t("none") : t("noneAhead")}>
          <p>{t("noneBody")}</p>
          {times.next ? (
            <p className="mt-3">
              <Link href={at({ from: times.next, day: times.next })} className="link">
                {t("firstFree", { day: formatLocalDate(times.next, locale) })}
              </Link>
            </p>
          ) : null}
        </EmptyState>
      )}
    </div>
  );
}

function PageLink({ href, label, children }: { href: string | null; label: string; children: React.ReactNode }) {
  const look = { variant: "secondary", size: "icon", className: "sm:h-auto last:justify-self-end" } as const;
  if (!href)
    return (
      <Button {...look} disabled aria-label={label}>
        {children}
      </Button>
    );
  return (
    <Button {...look} asChild>
      <Link href={href} aria-label={label} scroll={false}>
        {children}
      </Link>
    </Button>
  );
}

function SlotRows({ path, params, times, doctors, locations, chosen }: Props) {
  const t = useTranslations("clinic.pick");
  const locale = useLocale();
  const rows = new Map<string, SlotView[]>();
  for (const slot of times.slots) {
    const key = `${slot.doctorId} ${slot.locationId}`;
    rows.set(key, [...(rows.get(key) ?? []), slot]);
  }
  const zones = [...new Set(times.slots.map(({ timeZone }) => timeZone))];
  const first = times.slots[0];
  return (
    <section aria-labelledby="free-times" className="grid gap-3">
      <div>
        <h2 id="free-times" className="text-base">
          {t("times", { day: formatLocalDate(times.day ?? "", locale) })}
        </h2>
        <p className="text-sm text-muted-foreground">
          {zones.length === 1 && first
            ? t("zoneOf", { zone: zoneName(first.timeZone, first.start, locale) })
            : t("zone")}
        </p>
      </div>
      <ul className="divide-y border-y">
        {[...rows].map(([key, slots]) => (
          <li key={key} className="grid gap-x-4 gap-y-2 py-3 md:grid-cols-[13rem_minmax(0,1fr)]">
            <div className="text-sm">
              <p className="font-semibold">{doctors.get(slots[0]?.doctorId ?? "")}</p>
              <p className="text-muted-foreground">{locations.get(slots[0]?.locationId ?? "")}</p>
            </div>
            <ul className="flex flex-wrap gap-1.5">
              {slots.map((slot) => {
                const token = tokenOf(slot);
                return (
                  <li key={token}>
                    <Link
                      href={`${hrefOf(path, { ...params, day: times.day ?? undefined, slot: token })}#check`}
                      aria-current={token === chosen ? "true" : undefined}
                      aria-label={t("slotLabel", {
                        time: formatTime(slot.start, slot.timeZone, locale),
                        doctor: doctors.get(slot.doctorId) ?? "",
                        location: locations.get(slot.locationId) ?? "",
                        day: formatDay(slot.start, slot.timeZone, locale),
                      })}
                      className="figures inline-flex min-h-9 min-w-19 items-center justify-center rounded-md border border-input bg-surface px-2 text-sm font-semibold text-primary hover:border-primary hover:bg-accent aria-[current=true]:border-primary aria-[current=true]:bg-primary aria-[current=true]:text-primary-foreground pointer-coarse:min-h-11"
                    >
                      {formatTime(slot.start, slot.timeZone, locale)}
                    </Link>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

const tokenOf = (slot: SlotView) =>
  slotToken({ start: slot.start, doctor: { id: slot.doctorId }, location: { id: slot.locationId } });
