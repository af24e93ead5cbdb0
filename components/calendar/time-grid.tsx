"use client";

import "@fullcalendar/react/skeleton.css";
import type { CalendarRef, EventInput } from "@fullcalendar/react";
import Calendar from "@fullcalendar/react";
import interaction from "@fullcalendar/react/interaction";
import timeGrid from "@fullcalendar/react/timegrid";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import type { VisitView } from "@/lib/appointments/views";
import type { CalendarFeed } from "@/lib/doctors/calendar-feed";
import { formatTime } from "@/lib/format/dates";
import { StatusIcon, statusClass } from "../ui/status-badge";
import { gridHours, hourBefore } from "./grid-hours";
import { gridLook } from "./grid-look";
import { dateAt, datesOf } from "./range";
import type { VisitWords } from "./visit-words";

/** A visit that was let go of at another time; `putBack` shows it where it was. */
export type Dropped = { visit: VisitView; start: string; putBack: () => void };

type Props = {
  view: "day" | "week";
  date: string;
  timeZone: string;
  feed: CalendarFeed;
  words: VisitWords;
  /** Weekdays (0 Sunday to 6) without hours or visits. */
  hiddenDays: number[];
  onOpen: (id: string) => void;
  onDrop: (dropped: Dropped) => void;
};

const visitOf = (props: Record<string, unknown>) => props.visit as VisitView;

/** Day and week as columns of hours. Rendered in the browser only, as its sizes are measured there. */
export default function TimeGrid({ view, date, timeZone, feed, words, hiddenDays, onOpen, onDrop }: Props) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const calendar = useRef<CalendarRef>(null);
  const name = view === "day" ? "timeGridDay" : "timeGridWeek";
  useEffect(() => {
    // FullCalendar flushes its own state, which React forbids inside an effect.
    queueMicrotask(() => calendar.current?.getApi().changeView(name, date));
  }, [name, date]);

  const [beginning] = useState(() => hourBefore(feed.at, timeZone));
  const { from, to } = datesOf(view, date);
  const today = dateAt(feed.at, timeZone);
  const showsToday = from <= today && today < to;
  const hours = useMemo(() => gridHours(feed, timeZone), [feed, timeZone]);
  const events = useMemo<EventInput[]>(() => {
    const closed = feed.closed.map(
      (span): EventInput => ({
        start: span.start,
        end: span.end,
        display: "background",
        className: "bg-sunken",
        interactive: false,
      }),
    );
    const leave = feed.leave.map(
      (span): EventInput => ({
        id: `leave-${span.id}`,
        title: span.reason ? t("leaveWith", { reason: span.reason }) : t("leave"),
        start: span.start,
        end: span.end,
        display: "background",
        className:
          "bg-warning-soft bg-[repeating-linear-gradient(135deg,transparent_0_8px,var(--warning-line)_8px_9px)]",
        interactive: false,
      }),
    );
    const visits = feed.visits.map(
      (visit): EventInput => ({
        id: visit.id,
        title: words.sentence(visit),
        start: visit.start,
        end: visit.end,
        startEditable: visit.allowed.reschedule,
        className: statusClass(visit.status),
        extendedProps: { visit },
      }),
    );
    return [...closed, ...leave, ...visits];
  }, [feed, words, t]);

  return (
    <Calendar
      {...gridLook}
      ref={calendar}
      plugins={[timeGrid, interaction]}
      initialView={name}
      initialDate={date}
      timeZone={timeZone}
      locale={locale === "en" ? "en-gb" : locale}
      firstDay={1}
      headerToolbar={false}
      allDaySlot={false}
      height="100%"
      expandRows
      nowIndicator
      slotDuration="00:15"
      slotHeaderInterval="01:00"
      snapDuration="00:05"
      slotMinTime={hours.from}
      slotMaxTime={hours.to}
      slotEventOverlap={false}
      slotMinHeight={26}
      eventMinHeight={24}
      scrollTime={showsToday ? beginning : hours.from}
      eventShortHeight={40}
      hiddenDays={view === "week" ? hiddenDays : []}
      dayHeaders={view === "week"}
      slotHeaderContent={({ time }) => (time ? formatTime(new Date(time.milliseconds), "UTC", locale) : "")}
      dayHeaderFormat={{ weekday: "short", day: "numeric", month: "short" }}
      events={events}
      eventDurationEditable={false}
      eventInteractive
      dragRevertDuration={120}
      eventClick={(click) => {
        click.jsEvent.preventDefault();
        if (click.event.extendedProps.visit) onOpen(click.event.id);
      }}
      eventDrop={(drop) => {
        const start = drop.event.start?.toISOString();
        if (!start) return drop.revert();
        onDrop({ visit: visitOf(drop.event.extendedProps), start, putBack: drop.revert });
      }}
      eventContent={({ event, isMirror }) => {
        const visit = event.extendedProps.visit as VisitView | undefined;
        if (!visit)
          return <span className="block px-2 py-1 text-sm font-semibold text-muted-foreground">{event.title}</span>;
        return (
          <>
            <span className="sr-only">{event.title}</span>
            <span
              aria-hidden
              className="flex items-center gap-1.5 overflow-hidden px-1.5 text-sm leading-5.5 whitespace-nowrap"
            >
              <StatusIcon status={visit.status} />
              {view === "day" || isMirror ? (
                <span className="figures">{formatTime(event.start ?? visit.start, timeZone, locale)}</span>
              ) : null}
              <strong className="truncate font-semibold">{words.name(visit)}</strong>
              {view === "day" ? <span className="truncate">{visit.service.name}</span> : null}
            </span>
          </>
        );
      }}
    />
  );
}
