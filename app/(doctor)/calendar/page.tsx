import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { DoctorCalendar } from "@/components/calendar/doctor-calendar";
import { dateAt, dateOrToday, instantsOf, viewOf } from "@/components/calendar/range";
import { ClientMessages } from "@/components/shell/client-messages";
import { calendarFeed } from "@/lib/doctors/calendar-feed";
import { doctorPlaces } from "@/lib/doctors/doctor-places";
import { getDoctor } from "@/lib/doctors/queries";
import { zoneName } from "@/lib/format/dates";
import { listDrafts } from "@/lib/records/list-drafts";
import { requireDoctor } from "../own-doctor";
import { calendarActions } from "./calendar-actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("calendar"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;
const oneOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function CalendarPage({ searchParams }: { searchParams: Search }) {
  const { ctx, doctorId } = await requireDoctor();
  const [search, locale, doctor, found] = await Promise.all([
    searchParams,
    getLocale(),
    getDoctor(ctx, { id: doctorId }),
    doctorPlaces(ctx, { doctorId }),
  ]);
  const places = found.ok ? found.value : [];
  const timeZone = (places.find(({ id }) => id === oneOf(search.place)) ?? places[0])?.timeZone ?? "UTC";
  const view = viewOf(oneOf(search.view));
  const { from, to } = instantsOf(view, dateOrToday(oneOf(search.date), dateAt(ctx.now, timeZone)), timeZone);
  const [feed, drafts, t] = await Promise.all([
    calendarFeed(ctx, { doctorId, from, to, timeZone }),
    listDrafts(ctx),
    getTranslations("records.kind"),
  ]);
  if (!doctor.ok || !feed.ok) throw new Error("the doctor's own calendar cannot be read");
  return (
    <ClientMessages namespaces={["calendar"]}>
      <DoctorCalendar
        places={places.map((place) => ({ ...place, zone: zoneName(place.timeZone, ctx.now, locale) }))}
        doctor={{ id: doctorId, name: doctor.value.name }}
        initial={{ range: { from: from.toISOString(), to: to.toISOString(), timeZone }, feed: feed.value }}
        actions={calendarActions}
        createHref="/book"
        unsigned={(drafts.ok ? drafts.value.items : []).map(({ id, patientId, patientName, kind }) => ({
          href: `/patients/${patientId}/records/${id}/write`,
          patient: patientName,
          kind: t(kind),
        }))}
      />
    </ClientMessages>
  );
}
