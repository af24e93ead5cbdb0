import type { CalendarOptions } from "@fullcalendar/react";
import { cn } from "../ui/cn";

const line = "border border-border";

/** FullCalendar comes without a look of its own; this is ours, in the classes that the rest of the product uses. */
export const gridLook: CalendarOptions = {
  className: "h-full text-sm",
  // The line of now lies below the visits: over one, it reads as its name struck out.
  viewClass: "h-full overflow-hidden rounded-lg border bg-surface [&_div:has(>.now-line)]:z-0!",
  tableHeaderClass: "bg-surface",
  dayHeaderAlign: "center",
  dayHeaderRowClass: line,
  dayHeaderClass: (day) => cn(line, "justify-center", day.isToday && "bg-accent text-accent-foreground"),
  dayHeaderInnerClass: (day) => cn("px-1.5 py-1.5 text-sm", day.isToday ? "font-bold" : "font-semibold"),
  dayHeaderDividerClass: "border-b border-border",
  dayLaneClass: line,
  dayLaneInnerClass: "mx-0.5",
  slotHeaderRowClass: line,
  slotHeaderClass: "justify-end",
  slotHeaderInnerClass: "figures px-2 text-sm text-muted-foreground",
  slotHeaderDividerClass: "border-e border-border",
  slotLaneClass: (slot) => cn(line, slot.isMinor && "border-dotted"),
  allDayHeaderClass: "hidden",
  fillerClass: line,
  highlightClass: "bg-accent",
  nowIndicatorLineClass: "now-line border-t-2 border-destructive opacity-60",
  nowIndicatorHeaderClass: "-mt-[5px] border-y-[5px] border-s-[7px] border-y-transparent border-s-destructive start-0",
  blockEventClass: (event) => cn("relative", event.isDragging && "opacity-80 shadow-overlay"),
  columnEventClass: "mb-px rounded-sm border outline-2 outline-transparent",
  columnEventInnerClass: "h-full min-h-0 overflow-hidden",
  backgroundEventClass: "border-0",
};
