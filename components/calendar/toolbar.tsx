"use client";

import { ChevronLeft, ChevronRight, Eye, EyeOff, Keyboard, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { CALENDAR_VIEWS, type CalendarView } from "./range";

export type ToolbarProps = {
  view: CalendarView;
  date: string;
  title: string;
  /** One per zone the doctor works in; a choice only where there are several. */
  places: { id: string; name: string; zone: string }[];
  placeId: string;
  areNamesHidden: boolean;
  createHref: string;
  onView: (view: CalendarView) => void;
  onDate: (date: string) => void;
  onStep: (by: 1 | -1) => void;
  onToday: () => void;
  onPlace: (id: string) => void;
  onHideNames: (hide: boolean) => void;
  onHelp: () => void;
};

/** Where one is in time, and how to get elsewhere. */
export function Toolbar(props: ToolbarProps) {
  const t = useTranslations("calendar.toolbar");
  const { view, title, onStep, onToday, areNamesHidden, onHideNames, onHelp, createHref } = props;
  return (
    <div className="@container mb-3 grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="me-auto min-w-0 text-xl @max-5xl:flex-1" aria-live="polite">
          {title}
        </h1>
        <Button size="sm" asChild className="@5xl:order-last">
          <Link href={createHref} aria-keyshortcuts="c">
            <Plus aria-hidden />
            {t("create")}
          </Link>
        </Button>
        <span className="w-full @5xl:hidden" />
        <div className="flex gap-1">
          <Button size="sm" variant="secondary" onClick={onToday} aria-keyshortcuts="t">
            {t("today")}
          </Button>
          <Button
            size="icon"
            variant="ghost"
            aria-label={t(`previous.${view}`)}
            aria-keyshortcuts="k"
            onClick={() => onStep(-1)}
          >
            <ChevronLeft aria-hidden className="rtl:rotate-180" />
          </Button>
          <Button
            size="icon"
            variant="ghost"
            aria-label={t(`next.${view}`)}
            aria-keyshortcuts="j"
            onClick={() => onStep(1)}
          >
            <ChevronRight aria-hidden className="rtl:rotate-180" />
          </Button>
        </div>
        <div className="contents print:hidden">
          <DateJump {...props} />
          <ViewSwitch {...props} />
        </div>
        <div className="flex gap-1">
          <Button
            size="icon"
            variant="ghost"
            aria-pressed={areNamesHidden}
            aria-label={t("hideNames")}
            title={t(areNamesHidden ? "showNames" : "hideNames")}
            onClick={() => onHideNames(!areNamesHidden)}
          >
            {areNamesHidden ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </Button>
          <Button
            size="icon"
            variant="ghost"
            aria-label={t("help")}
            title={t("help")}
            aria-keyshortcuts="?"
            onClick={onHelp}
            className="max-md:hidden"
          >
            <Keyboard aria-hidden />
          </Button>
        </div>
      </div>
      <Zone {...props} />
    </div>
  );
}

function DateJump({ date, onDate }: ToolbarProps) {
  const t = useTranslations("calendar.toolbar");
  return (
    <Input
      key={date}
      type="date"
      aria-label={t("goTo")}
      defaultValue={date}
      className="w-auto min-w-0 max-md:flex-1"
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.value && onDate(event.currentTarget.value)}
      onBlur={(event) => event.currentTarget.value && onDate(event.currentTarget.value)}
    />
  );
}

function ViewSwitch({ view, onView }: ToolbarProps) {
  const t = useTranslations("calendar.views");
  return (
    <fieldset className="flex rounded-md border border-input bg-surface p-0.5">
      <legend className="sr-only">{t("label")}</legend>
      {CALENDAR_VIEWS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          aria-keyshortcuts={one.charAt(0)}
          onClick={() => onView(one)}
          className={cn(
            "min-h-8 rounded-sm px-3 text-sm font-semibold hover:bg-sunken pointer-coarse:min-h-10",
            "aria-pressed:bg-primary aria-pressed:text-primary-foreground forced:aria-pressed:border",
          )}
        >
          {t(one)}
        </button>
      ))}
    </fieldset>
  );
}

function Zone({ places, placeId, onPlace }: ToolbarProps) {
  const t = useTranslations("calendar.toolbar");
  const id = useId();
  const here = places.find(({ id }) => id === placeId);
  if (!here) return null;
  if (places.length === 1)
    return <p className="text-sm text-muted-foreground">{t("zone", { place: here.name, zone: here.zone })}</p>;
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm text-muted-foreground">
      <label htmlFor={id}>{t("zoneFor")}</label>
      <Select id={id} value={placeId} onChange={(event) => onPlace(event.currentTarget.value)} className="min-w-56">
        {places.map(({ id: place, name, zone }) => (
          <option key={place} value={place}>
            {name} ({zone})
          </option>
        ))}
      </Select>
    </p>
  );
}
