import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { hrefOf, type Params } from "@/components/clinic/href";
import { QueryForm } from "@/components/clinic/query-form";
import { SlotPicker } from "@/components/clinic/slot-picker";
import { readSlotToken } from "@/components/find/query";
import { StaffPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { SelectField } from "@/components/ui/field";
import { SummaryList } from "@/components/ui/summary-list";
import { getVisit } from "@/lib/appointments/get-appointment";
import { isUuid } from "@/lib/clinic/queries";
import { localDate } from "@/lib/domain/zone";
import { formatDay, formatTime } from "@/lib/format/dates";
import { requireActor } from "@/lib/platform/request";
import { AskWhy } from "../../../ask-why";
import { CheckSection } from "../../../check-section";
import { clinicLists } from "../../../clinic-lists";
import { pickTimes } from "../../../pick-times";
import { dateIn, idIn, one, type Search } from "../../../search-params";
import { TakeTimeForm } from "../../../take-time-form";

type Props = { params: Promise<{ id: string }>; searchParams: Search };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.moving"))("title") };
}

export default async function MoveVisitPage({ params, searchParams }: Props) {
  const ctx = await requireActor("doctor", "receptionist", "admin");
  const [{ id }, search, t, words, locale, lists] = await Promise.all([
    params,
    searchParams,
    getTranslations("clinic"),
    getTranslations("ui.status.staff"),
    getLocale(),
    clinicLists(),
  ]);
  const found = isUuid(id) ? await getVisit(ctx, { id }) : null;
  if (!found?.ok) notFound();
  const visit = found.value;
  const path = `/appointments/${id}/move`;
  const isClinic = ctx.actor.role !== "doctor";
  // A doctor keeps their own calendar only.
  const doctors = lists.doctors.filter(
    (doctor) => doctor.id === visit.doctor.id || (isClinic && doctor.serviceIds.includes(visit.service.id)),
  );
  const doctorId = doctors.find((doctor) => doctor.id === idIn(search.doctor))?.id ?? visit.doctor.id;
  const state: Params = { doctor: doctorId, from: dateIn(search.from), day: dateIn(search.day) };
  const today = localDate(ctx.now.getTime() / 1_000, visit.timeZone);
  const times = await pickTimes(ctx, { serviceId: visit.service.id, doctorId }, { ...state, today });
  const chosen = readSlotToken(one(search.slot));
  const chosenPlace = lists.locations.find((place) => place.id === chosen?.locationId);
  const when = (at: string, zone: string) => `${formatDay(at, zone, locale)}, ${formatTime(at, zone, locale)}`;
  const names = (items: { id: string; name: string }[]) => new Map(items.map((item) => [item.id, item.name]));
  const fields = (start: string, doctor: string) => ({
    id,
    start,
    doctorId: doctor,
    expectedVersion: String(visit.version),
  });
  const title = t("visit.title", { service: visit.service.name, name: visit.patient?.name ?? "" });
  return (
    <StaffPage
      title={t("moving.title")}
      lead={t("moving.lead", {
        name: visit.patient?.name ?? "",
        service: visit.service.name,
        when: when(visit.start, visit.timeZone),
      })}
      crumbs={[
        { label: t("appointments.title"), href: "/appointments" },
        { label: title, href: `/appointments/${id}` },
        { label: t("moving.title") },
      ]}
    >
      {visit.allowed.reschedule ? (
        <div className="grid max-w-5xl gap-6">
          {doctors.length > 1 ? (
            <QueryForm key={doctorId} label={t("pick.doctor")} resets={{ doctor: ["from", "day"] }}>
              <SelectField name="doctor" label={t("pick.doctor")} defaultValue={doctorId}>
                {doctors.map((doctor) => (
                  <option key={doctor.id} value={doctor.id}>
                    {doctor.name}
                  </option>
                ))}
              </SelectField>
            </QueryForm>
          ) : null}
          <SlotPicker
            path={path}
            params={state}
            times={times}
            doctors={names(lists.doctors)}
            locations={names(lists.locations)}
            chosen={one(search.slot)}
          />
          {chosen && chosenPlace ? (
            <CheckSection title={t("moving.check")}>
              <SummaryList
                className="max-w-xl text-sm"
                rows={[
                  {
                    id: "from",
                    label: t("moving.from"),
                    value: `${when(visit.start, visit.timeZone)}, ${visit.doctor.name}`,
                  },
                  {
                    id: "to",
                    label: t("moving.to"),
                    value: `${when(chosen.start, chosenPlace.timeZone)}, ${names(lists.doctors).get(chosen.doctorId) ?? ""}, ${chosenPlace.name}`,
                  },
                ]}
              />
              <TakeTimeForm
                key={one(search.slot)}
                kind="move"
                path={path}
                params={state}
                fields={fields(chosen.start, chosen.doctorId)}
              />
            </CheckSection>
          ) : null}
          <AskWhy
            ctx={ctx}
            serviceId={visit.service.id}
            search={search}
            params={state}
            start={{ date: times.day ?? today, doctor: doctorId, location: visit.location.id }}
            doctors={doctors}
            locations={lists.locations}
            take={(answer) => (
              <TakeTimeForm
                kind="move"
                isOverride={!answer.offered}
                path={path}
                params={state}
                fields={fields(answer.start, answer.doctorId)}
              />
            )}
          />
        </div>
      ) : (
        <Alert
          variant="info"
          action={
            <a href={hrefOf(`/appointments/${id}`, {})} className="link">
              {t("moving.back")}
            </a>
          }
        >
          {t("moving.cannot", { status: words(visit.status) })}
        </Alert>
      )}
    </StaffPage>
  );
}
