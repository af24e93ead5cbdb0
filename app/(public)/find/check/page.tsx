import type { Metadata } from "next";
import { forbidden, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { type ChosenSlot, type FindQuery, findHref, readFindQuery, readSlotToken } from "@/components/find/query";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { listVisits } from "@/lib/appointments/list-appointments";
import { getLocation, getService } from "@/lib/clinic/queries";
import { getDoctor } from "@/lib/doctors/queries";
import { formatDay, formatTimeRange, zoneName } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";
import { requireActor } from "@/lib/platform/request";
import { type BookablePerson, bookablePeople } from "../people";
import { WhoStep } from "../who-step";
import { CheckForm } from "./check-form";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("find.check"))("title") };
}

/** Every answer once more, each with its Change, before anything is booked. */
export default async function CheckPage({ searchParams }: Props) {
  const query = readFindQuery(await searchParams);
  const slot = readSlotToken(query.slot);
  if (!slot || !query.service) redirect(findHref("/find", query, { slot: undefined }));
  const ctx = await requireActor();
  if (ctx.actor.role !== "patient") forbidden();
  const facts = await readFacts(ctx, query.service, slot);
  if (!facts) redirect(findHref("/find", query, { slot: undefined, service: undefined }));
  const people = await bookablePeople(ctx);
  const person = people.length === 1 ? people[0] : people.find(({ id }) => id === query.for);
  if (!person) return <WhoStep query={query} service={facts.service} people={people} path="/find/check" />;

  const [t, rows, visit] = await Promise.all([
    getTranslations("find.check"),
    rowsOf({ query, slot, facts, people, person }),
    visitThen(ctx, person.id, slot),
  ]);
  // Back, from the page that says that it is booked.
  if (visit?.status === "booked") redirect(`/visits/${visit.id}/booked?for=${person.id}`);
  const hold = visit?.holdExpiresAt
    ? { id: visit.id, leftMs: Date.parse(visit.holdExpiresAt) - ctx.now.getTime() }
    : null;
  return (
    <PatientPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={["find"]}>
        <CheckForm
          key={`${query.slot} ${person.id}`}
          fields={{ service: facts.service.id, for: person.id, slot: query.slot as string }}
          rows={rows}
          hold={hold}
          timesHref={findHref("/find", query, { slot: undefined })}
        />
      </ClientMessages>
    </PatientPage>
  );
}

async function readFacts(ctx: Context, serviceId: string, { doctorId, locationId }: ChosenSlot) {
  const [service, doctor, location] = await Promise.all([
    getService(ctx, { id: serviceId }),
    getDoctor(ctx, { id: doctorId }),
    getLocation(ctx, { id: locationId }),
  ]);
  if (!service.ok || !doctor.ok || !location.ok) return null;
  return { service: service.value, doctor: doctor.value, location: location.value };
}

type Facts = NonNullable<Awaited<ReturnType<typeof readFacts>>>;
type Whole = { query: FindQuery; slot: ChosenSlot; facts: Facts; people: BookablePerson[]; person: BookablePerson };

async function rowsOf({ query, slot, facts, people, person }: Whole) {
  const [t, locale] = await Promise.all([getTranslations("find"), getLocale()]);
  const { service, doctor, location } = facts;
  const { timeZone } = location;
  const end = new Date(Date.parse(slot.start) + service.durationMinutes * 60_000);
  const back = (changes: Partial<FindQuery>) => findHref("/find", query, { slot: undefined, ...changes });
  const anew = { place: undefined, doctor: undefined, from: undefined, day: undefined };
  const where = {
    in_person: [location.name, location.address].filter(Boolean).join("\n"),
    video: t("check.byVideo"),
    phone: t("check.byPhone"),
  }[service.modality];
  const day = formatDay(slot.start, timeZone, locale);
  const time = formatTimeRange(slot.start, end, timeZone, locale);
  const zone = zoneName(timeZone, slot.start, locale);
  return [
    {
      id: "reason",
      label: t("reason.label"),
      value: t("answers.reason", { name: service.name, minutes: service.durationMinutes }),
      href: back({ service: undefined, ...anew }),
    },
    {
      id: "for",
      label: t("who.label"),
      value: person.name,
      href: people.length > 1 ? findHref("/find/check", query, { for: undefined }) : null,
    },
    { id: "when", label: t("check.when"), value: `${day}\n${time}\n${t("check.zone", { zone })}`, href: back({}) },
    { id: "doctor", label: t("check.with"), value: doctor.name, href: back({}) },
    { id: "where", label: t("where.label"), value: where, href: back(anew) },
  ];
}

/** What the patient has with this doctor at exactly this time: a hold, or the visit that it has become. */
async function visitThen(ctx: Context, patientId: string, { start, doctorId }: ChosenSlot) {
  const to = new Date(Date.parse(start) + 1_000).toISOString();
  const found = await listVisits(ctx, { patientId, doctorId, from: start, to, status: ["held", "booked"] });
  return found.ok ? found.value.items[0] : undefined;
}
