import { CalendarPlus, CalendarX, ChevronLeft, ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/clinic/auto-refresh";
import type { CardVisit } from "@/components/clinic/board-card";
import { QueryForm } from "@/components/clinic/query-form";
import { RememberPlace } from "@/components/clinic/remember-place";
import { StaffPage } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SelectField, TextField } from "@/components/ui/field";
import { type BoardVisit, flowBoard } from "@/lib/appointments/flow-board";
import { addDays } from "@/lib/domain/calendar";
import { localDate } from "@/lib/domain/zone";
import { formatLocalDate, shortZoneName } from "@/lib/format/dates";
import { requireActor } from "@/lib/platform/request";
import { clinicLocations } from "../../clinic-lists";
import { ALL_PLACES, clockOf, placeOf } from "../../place";
import { dateIn, one, type Search } from "../../search-params";
import { changeStatusAction } from "../../visit-actions";
import { FlowBoard } from "./flow-board";

const REFRESH_MS = 15_000;
/** Cards in one column before the rest waits behind a link. */
const MOST_CARDS = 25;
/** More than a page can still be used with. */
const ALL_CARDS = 1_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.today"))("title") };
}

export default async function TodayPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("receptionist", "admin");
  const [search, locations, t, locale] = await Promise.all([
    searchParams,
    clinicLocations(),
    getTranslations("clinic"),
    getLocale(),
  ]);
  const place = await placeOf(ctx, one(search.location), locations);
  const date = dateIn(search.date);
  const zone = await clockOf(ctx, place, locations);
  const today = localDate(ctx.now.getTime() / 1_000, zone);
  const shown = date ?? today;
  const most = one(search.all) ? ALL_CARDS : MOST_CARDS;
  const zones = locations.map(({ timeZone }) => timeZone);
  const found = await flowBoard(ctx, { locationId: place?.id, date: place ? shown : date, zones, most });
  const columns = found.ok ? found.value : [];
  const clocks = new Set(columns.flatMap(({ visits }) => visits.map(({ timeZone }) => timeZone)));
  const cardOf = (visit: BoardVisit): CardVisit => ({
    ...plainCard(visit, place !== undefined),
    zone: clocks.size > 1 ? shortZoneName(visit.timeZone, visit.start, locale) : null,
  });
  const isToday = shown === today;
  const placeId = place?.id ?? ALL_PLACES;
  const dayHref = (day: string, more = {}) =>
    `/today?${new URLSearchParams({ location: placeId, ...(day === today ? {} : { date: day }), ...more })}`;

  return (
    <StaffPage
      title={isToday ? t("today.title") : formatLocalDate(shown, locale)}
      lead={isToday ? formatLocalDate(shown, locale) : undefined}
      actions={
        <Button size="sm" asChild>
          <Link href="/book">
            <CalendarPlus aria-hidden />
            {t("today.book")}
          </Link>
        </Button>
      }
    >
      <AutoRefresh everyMs={REFRESH_MS} />
      <RememberPlace place={placeId} />
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] print:hidden">
        <QueryForm
          key={`${placeId} ${shown}`}
          label={t("today.filter")}
          className="max-sm:contents [@media(scripting:enabled)]:max-sm:[&>button]:hidden"
        >
          <SelectField name="location" label={t("today.location")} defaultValue={placeId} className="max-sm:col-span-2">
            {locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value={ALL_PLACES}>{t("today.allLocations")}</option>
          </SelectField>
          <TextField name="date" type="date" label={t("today.date")} defaultValue={shown} controlClassName="figures" />
        </QueryForm>
        <nav aria-label={t("today.date")} className="flex gap-2">
          <Button variant="secondary" size="sm" asChild>
            <Link href={dayHref(addDays(shown, -1))}>
              <ChevronLeft aria-hidden className="rtl:rotate-180" />
              <span className="max-sm:sr-only">{t("today.previousDay")}</span>
            </Link>
          </Button>
          {isToday ? null : (
            <Button variant="secondary" size="sm" asChild>
              <Link href={dayHref(today)}>{t("today.backToToday")}</Link>
            </Button>
          )}
          <Button variant="secondary" size="sm" asChild>
            <Link href={dayHref(addDays(shown, 1))}>
              <span className="max-sm:sr-only">{t("today.nextDay")}</span>
              <ChevronRight aria-hidden className="rtl:rotate-180" />
            </Link>
          </Button>
        </nav>
      </div>
      {columns.every(({ count }) => count === 0) ? (
        <EmptyState icon={CalendarX} title={t("today.empty")}>
          <p>{t("today.emptyBody")}</p>
        </EmptyState>
      ) : (
        <FlowBoard
          columns={columns.map((column) => ({ ...column, visits: column.visits.map(cardOf) }))}
          now={ctx.now.toISOString()}
          allHref={dayHref(shown, { all: "1" })}
          action={changeStatusAction}
        />
      )}
    </StaffPage>
  );
}

const plainCard = (visit: BoardVisit, isOnePlace: boolean): Omit<CardVisit, "zone"> => ({
  id: visit.id,
  status: visit.status,
  start: visit.start,
  end: visit.end,
  since: visit.since,
  version: visit.version,
  timeZone: visit.timeZone,
  patient: visit.patient?.name ?? "",
  service: visit.service.name,
  doctor: visit.doctor.name,
  place: isOnePlace ? null : visit.location.name,
  room: visit.room?.name ?? null,
  next: visit.nextStatuses,
});
