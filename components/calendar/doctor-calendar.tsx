"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import type { CalendarFeed } from "@/lib/doctors/calendar-feed";
import type { DoctorPlace } from "@/lib/doctors/doctor-places";
import { addDays } from "@/lib/domain/calendar";
import { cn } from "../ui/cn";
import { LiveRegion } from "../ui/live-region";
import { Skeleton } from "../ui/skeleton";
import { Agenda } from "./agenda";
import { DayRail } from "./day-rail";
import { hiddenDaysOf } from "./grid-hours";
import { KeysDialog } from "./keys-dialog";
import { LostBanner } from "./lost-banner";
import { type CalendarView, dateAt, dateOrToday, datesOf, instantsOf, stepDate, titleOf, viewOf } from "./range";
import type { Dropped } from "./time-grid";
import { Toolbar } from "./toolbar";
import type { NamedId, VisitActions } from "./types";
import { type UnsignedNote, UnsignedNotes } from "./unsigned-notes";
import { useCalendarKeys } from "./use-calendar-keys";
import { type Range, useFeed } from "./use-feed";
import { useStoredFlag } from "./use-stored-flag";
import { MoveVisit } from "./visit-actions";
import { VisitPanel } from "./visit-panel";
import { useVisitWords } from "./visit-words";

const TimeGrid = dynamic(() => import("./time-grid"), { ssr: false, loading: () => <Skeleton className="h-full" /> });

/** A place, and its zone in words. */
export type CalendarPlace = DoctorPlace & { zone: string };

type Props = {
  /** The doctor's places, the main one first. */
  places: CalendarPlace[];
  doctor: NamedId;
  initial: { range: Range; feed: CalendarFeed };
  actions: VisitActions;
  createHref: string;
  unsigned: UnsignedNote[];
};

const address = { view: parseAsString, date: parseAsString, place: parseAsString, visit: parseAsString };

function useAddress(places: CalendarPlace[], now: string) {
  const [query, setQuery] = useQueryStates(address, { history: "push" });
  const place = places.find(({ id }) => id === query.place) ?? places[0];
  const timeZone = place?.timeZone ?? "UTC";
  const today = dateAt(now, timeZone);
  const view = viewOf(query.view);
  const date = dateOrToday(query.date, today);
  return {
    place,
    timeZone,
    today,
    view,
    date,
    visit: query.visit,
    setView: (next: CalendarView) => void setQuery({ view: next, date }),
    setDate: (next: string) => void (next !== date && setQuery({ date: next })),
    setPlace: (id: string) => void setQuery({ place: id }),
    open: (id: string | null) => void setQuery({ visit: id }),
  };
}

/** A doctor's day, week or agenda; the calendar owns the screen. */
export function DoctorCalendar({ places, doctor, initial, actions, createHref, unsigned }: Props) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const router = useRouter();
  const at = useAddress(places, initial.feed.at);
  const { view, date, timeZone } = at;
  const { from, to } = instantsOf(view, date, timeZone);
  const range = { from: from.toISOString(), to: to.toISOString(), timeZone };
  const { feed, isLoading, trouble, reload } = useFeed(range, initial);
  const [areNamesHidden, hideNames] = useStoredFlag("calendar-hide-names", false);
  const [areKeysOn, switchKeys] = useStoredFlag("calendar-keys", true);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const words = useVisitWords(timeZone, areNamesHidden);
  const title = titleOf(view, date, locale);
  const hiddenDays = useMemo(() => hiddenDaysOf(feed, timeZone), [feed, timeZone]);

  const step = (by: 1 | -1) => at.setDate(stepDate(view, date, by));
  useCalendarKeys(
    {
      t: () => at.setDate(at.today),
      d: () => at.setView("day"),
      w: () => at.setView("week"),
      a: () => at.setView("agenda"),
      j: () => step(1),
      k: () => step(-1),
      c: () => router.push(createHref),
      "?": () => setHelpOpen(true),
    },
    areKeysOn,
  );

  const dates = datesOf(view, date);
  return (
    <div className={cn("flex flex-col lg:h-[calc(100dvh-6rem)] print:h-auto", at.visit && "xl:pe-108")}>
      <LostBanner trouble={trouble} at={feed.at} timeZone={timeZone} />
      <Toolbar
        {...{ view, date, title, areNamesHidden, createHref }}
        places={onePerZone(places)}
        placeId={at.place?.id ?? ""}
        onView={at.setView}
        onDate={at.setDate}
        onStep={step}
        onToday={() => at.setDate(at.today)}
        onPlace={at.setPlace}
        onHideNames={hideNames}
        onHelp={() => setHelpOpen(true)}
      />
      <LiveRegion message={isLoading ? t("loading") : t("loaded", { count: feed.visits.length, period: title })} />
      <div
        className={cn(
          "grid min-h-0 flex-1 gap-5 lg:grid-rows-[minmax(0,1fr)] print:block",
          at.visit ? "lg:grid-cols-1" : "lg:grid-cols-[minmax(0,1fr)_14rem] xl:grid-cols-[minmax(0,1fr)_17rem]",
        )}
      >
        {view === "agenda" ? (
          <div className="relative min-h-0 lg:overflow-y-auto lg:pe-1 print:overflow-visible" aria-busy={isLoading}>
            <Agenda
              from={dates.from}
              until={addDays(dates.to, -1)}
              {...{ timeZone, feed, words }}
              placeName={(id) => (places.length > 1 ? (places.find((place) => place.id === id)?.name ?? null) : null)}
              onOpen={at.open}
            />
          </div>
        ) : (
          <div className="relative min-w-0 overflow-x-auto print:overflow-visible" aria-busy={isLoading}>
            <div className={view === "week" ? "h-[44rem] min-w-[44rem] lg:h-full" : "h-[44rem] lg:h-full"}>
              <TimeGrid {...{ view, date, timeZone, feed, words, hiddenDays }} onOpen={at.open} onDrop={setDropped} />
            </div>
          </div>
        )}
        <aside
          aria-label={t("rail.today")}
          className={cn(
            "relative min-h-0 lg:overflow-y-auto lg:border-s lg:ps-4 print:hidden",
            at.visit && "lg:hidden",
          )}
        >
          <DayRail visits={feed.today} at={feed.at} words={words} openId={at.visit} onOpen={at.open}>
            <UnsignedNotes notes={unsigned} areNamesHidden={areNamesHidden} />
          </DayRail>
        </aside>
      </div>
      {at.visit ? (
        <VisitPanel
          id={at.visit}
          version={feed.at}
          at={feed.at}
          doctors={[doctor]}
          {...{ timeZone, actions }}
          onClose={() => at.open(null)}
          onChanged={() => void reload()}
        />
      ) : null}
      {dropped ? (
        <MoveVisit
          visit={dropped.visit}
          start={dropped.start}
          doctors={[doctor]}
          actions={actions}
          onChanged={() => void reload()}
          onClose={(hasMoved) => {
            if (!hasMoved) dropped.putBack();
            setDropped(null);
          }}
        />
      ) : null}
      <KeysDialog open={isHelpOpen} onClose={() => setHelpOpen(false)} isOn={areKeysOn} onSwitch={switchKeys} />
    </div>
  );
}

const onePerZone = (places: CalendarPlace[]) =>
  places.filter(({ timeZone }, index) => places.findIndex((other) => other.timeZone === timeZone) === index);
