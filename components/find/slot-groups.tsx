"use client";

import { useLocale, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { formatDay, formatLocalDate, formatTime, hourAt, sameClock, zoneName } from "@/lib/format/dates";
import { Skeleton } from "../ui/skeleton";
import { type PickSlot, slotToken, type TimesView } from "./query";

const PARTS = ["morning", "afternoon", "evening"] as const;
const GRID = "grid grid-cols-2 gap-2 sm:grid-cols-3 sm:gap-3 lg:grid-cols-4";
const SKELETONS = 12;

const partOf = ({ start, timeZone }: PickSlot) => {
  const hour = hourAt(start, timeZone);
  return hour < 12 ? "morning" : hour < 17 ? "afternoon" : "evening";
};

const nothing = () => () => undefined;
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The visitor's own zone; null until the browser has said, so that both render alike. */
const useOwnZone = () => useSyncExternalStore<string | null>(nothing, ownZone, () => null);

/** The times of one day by zone and part of the day. Each button sends its time as `slot`. */
export function SlotGroups({ day, view }: { day: string; view: TimesView }) {
  const t = useTranslations("find.times");
  const locale = useLocale();
  const own = useOwnZone();
  const zones = [...new Set(view.slots.map(({ timeZone }) => timeZone))];
  return (
    <div className="grid gap-8">
      {zones.map((zone) => {
        const slots = view.slots.filter(({ timeZone }) => timeZone === zone);
        const places = [...new Set(slots.map(({ location }) => location.name))];
        const first = slots[0] as PickSlot;
        const differs = own !== null && !sameClock(first.start, own, zone);
        return (
          <div key={zone} className="grid gap-5">
            <div>
              <h3 className="text-lg">{formatLocalDate(day, locale)}</h3>
              <p className="text-base text-muted-foreground">
                {t("zone", { zone: view.zones[zone] ?? zone, place: places.join(", ") })}
                {differs ? ` ${t("ownZone", { zone: zoneName(own, first.start, locale) })}` : null}
              </p>
            </div>
            {PARTS.map((part) => (
              <Part
                key={part}
                part={part}
                slots={slots.filter((slot) => partOf(slot) === part)}
                own={differs ? own : null}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Part({ part, slots, own }: { part: (typeof PARTS)[number]; slots: PickSlot[]; own: string | null }) {
  const t = useTranslations("find.times");
  if (slots.length === 0) return null;
  return (
    <div className="grid gap-2.5">
      <h4 className="text-base font-semibold">{t(`parts.${part}`)}</h4>
      <ul className={GRID}>
        {slots.map((slot) => (
          <li key={slotToken(slot)} className="grid">
            <SlotButton slot={slot} own={own} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function SlotButton({ slot, own }: { slot: PickSlot; own: string | null }) {
  const t = useTranslations("find.times");
  const locale = useLocale();
  const date = new Date(slot.start);
  return (
    <button
      type="submit"
      name="slot"
      value={slotToken(slot)}
      className="grid min-h-18 content-start gap-0.5 rounded-lg border border-input bg-surface px-3.5 py-2.5 text-start transition-colors hover:border-primary hover:bg-accent"
    >
      <span className="figures text-lg leading-snug font-bold text-primary">
        {formatTime(date, slot.timeZone, locale)}
      </span>
      {own ? (
        <span className="figures text-sm leading-snug text-muted-foreground">
          {t("ownTime", { time: formatTime(date, own, locale) })}
        </span>
      ) : null}
      <span className="sr-only">{t("on", { day: dayOf(slot, locale) })}</span>
      <span className="text-sm leading-snug font-medium">{slot.doctor.name}</span>
      <span className="text-sm leading-snug text-muted-foreground">{slot.location.name}</span>
    </button>
  );
}

const dayOf = ({ start, timeZone }: PickSlot, locale: string) => formatDay(start, timeZone, locale);

/** As many blanks as times are coming, so that nothing moves when they are there. */
export function SlotSkeleton({ heading, count }: { heading: string; count: number }) {
  const blanks = Array.from({ length: count > 0 ? Math.min(count, 60) : SKELETONS }, (_, index) => index);
  return (
    <div className="grid gap-5" aria-hidden>
      <div>
        <p className="text-lg font-[650]">{heading || "\u00a0"}</p>
        <Skeleton className="mt-1 h-5 w-64 max-w-full" />
      </div>
      <div className="grid gap-2.5">
        <Skeleton className="h-6 w-24" />
        <div className={GRID}>
          {blanks.map((blank) => (
            <Skeleton key={blank} className="h-23" />
          ))}
        </div>
      </div>
    </div>
  );
}
