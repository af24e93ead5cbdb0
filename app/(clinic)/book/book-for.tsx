import { CalendarSearch } from "lucide-react";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { hrefOf, type Params } from "@/components/clinic/href";
import { QueryForm } from "@/components/clinic/query-form";
import { SlotPicker } from "@/components/clinic/slot-picker";
import { type ChosenSlot, readSlotToken } from "@/components/find/query";
import { EmptyState } from "@/components/ui/empty-state";
import { SelectField } from "@/components/ui/field";
import { SummaryList } from "@/components/ui/summary-list";
import { localDate } from "@/lib/domain/zone";
import { formatDay, formatLocalDate, formatTime } from "@/lib/format/dates";
import type { PatientView } from "@/lib/patients/views";
import type { Context } from "@/lib/platform/context";
import { AskWhy } from "../ask-why";
import { CheckSection } from "../check-section";
import { clinicLists } from "../clinic-lists";
import { pickTimes } from "../pick-times";
import { dateIn, idIn, one } from "../search-params";
import { TakeTimeForm } from "../take-time-form";

type RawSearch = Record<string, string | string[] | undefined>;
const PATH = "/book";
const byName = (items: { id: string; name: string }[]) => new Map(items.map(({ id, name }) => [id, name]));

/** A doctor books into the own calendar only. */
const ownDoctorOf = ({ actor }: Context) => (actor.kind === "user" && actor.role === "doctor" ? actor.doctorId : null);

/** What, with whom and where; then the free times; then the check. All of it lives in the address. */
export async function BookFor({ ctx, patient, search }: { ctx: Context; patient: PatientView; search: RawSearch }) {
  const [t, locale, lists] = await Promise.all([getTranslations("clinic"), getLocale(), clinicLists()]);
  const own = ownDoctorOf(ctx);
  const bookable = lists.doctors.filter(({ id }) => !own || id === own);
  const services = lists.services.filter(({ id }) => !own || bookable[0]?.serviceIds.includes(id));
  const service = services.find(({ id }) => id === idIn(search.service));
  const doctors = bookable.filter(({ serviceIds }) => !service || serviceIds.includes(service.id));
  const doctor = own ? doctors[0] : doctors.find(({ id }) => id === idIn(search.doctor));
  const place = lists.locations.find(({ id }) => id === idIn(search.location));
  const params: Params = {
    patientId: patient.id,
    service: service?.id,
    doctor: doctor?.id,
    location: place?.id,
    from: dateIn(search.from),
    day: dateIn(search.day),
  };
  const zone = place?.timeZone ?? lists.locations[0]?.timeZone ?? "UTC";
  const today = localDate(ctx.now.getTime() / 1_000, zone);
  const wanted = { doctorId: doctor?.id, locationId: place?.id };
  const times = service ? await pickTimes(ctx, { serviceId: service.id, ...wanted }, { ...params, today }) : null;
  const chosen = service ? readSlotToken(one(search.slot)) : null;
  const birth = patient.dateOfBirth && formatLocalDate(patient.dateOfBirth, locale, "date");
  const who = { name: patient.name, record: patient.recordNumber };
  return (
    <div className="grid max-w-5xl gap-6">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 rounded-lg bg-accent px-4 py-2.5 text-accent-foreground">
        <strong className="font-semibold">
          {birth ? t("book.for", { ...who, birth }) : t("book.forNoBirth", who)}
        </strong>
        <Link href={PATH} className="link inline-flex min-h-6 items-center text-sm">
          {t("book.change")}
        </Link>
      </p>
      <QueryForm
        key={[service?.id, doctor?.id, place?.id].join()}
        label={t("pick.form")}
        resets={{ service: ["from", "day"], doctor: ["from", "day"], location: ["from", "day"] }}
      >
        <input type="hidden" name="patientId" value={patient.id} />
        <SelectField name="service" label={t("pick.service")} defaultValue={service?.id ?? ""}>
          <option value="">{t("pick.choose")}</option>
          {services.map(({ id, name, durationMinutes }) => (
            <option key={id} value={id}>
              {`${name} (${t("minutes", { hours: 0, minutes: durationMinutes })})`}
            </option>
          ))}
        </SelectField>
        <SelectField name="doctor" label={t("pick.doctor")} defaultValue={doctor?.id ?? ""}>
          {own ? null : <option value="">{t("pick.anyDoctor")}</option>}
          {doctors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField name="location" label={t("pick.location")} defaultValue={place?.id ?? ""}>
          <option value="">{t("pick.anyLocation")}</option>
          {lists.locations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </QueryForm>
      {service && times ? (
        <>
          <SlotPicker
            path={PATH}
            params={params}
            times={times}
            doctors={byName(lists.doctors)}
            locations={byName(lists.locations)}
            chosen={one(search.slot)}
          />
          {chosen ? <Check patient={patient} service={service} chosen={chosen} params={params} lists={lists} /> : null}
          <AskWhy
            ctx={ctx}
            serviceId={service.id}
            search={search}
            params={params}
            start={{
              date: times.day ?? today,
              doctor: chosen?.doctorId ?? doctor?.id ?? doctors[0]?.id,
              location: chosen?.locationId ?? place?.id ?? doctor?.locationIds[0] ?? doctors[0]?.locationIds[0],
            }}
            doctors={doctors}
            locations={lists.locations}
            take={(answer) => (
              <TakeTimeForm
                kind="book"
                isOverride={!answer.offered}
                path={PATH}
                params={params}
                fields={{
                  patientId: patient.id,
                  serviceId: service.id,
                  doctorId: answer.doctorId,
                  locationId: answer.locationId,
                  start: answer.start,
                }}
              />
            )}
          />
        </>
      ) : (
        <EmptyState icon={CalendarSearch} title={t("pick.needService")} />
      )}
    </div>
  );
}

async function Check({
  patient,
  service,
  chosen,
  params,
  lists,
}: {
  patient: PatientView;
  service: { id: string; name: string };
  chosen: ChosenSlot;
  params: Params;
  lists: Awaited<ReturnType<typeof clinicLists>>;
}) {
  const [t, locale] = await Promise.all([getTranslations("clinic.book"), getLocale()]);
  const place = lists.locations.find(({ id }) => id === chosen.locationId);
  const doctor = lists.doctors.find(({ id }) => id === chosen.doctorId);
  if (!place || !doctor) return null;
  const when = `${formatDay(chosen.start, place.timeZone, locale)}, ${formatTime(chosen.start, place.timeZone, locale)}`;
  return (
    <CheckSection title={t("check")}>
      <SummaryList
        className="max-w-xl text-sm"
        rows={[
          { id: "patient", label: t("rows.patient"), value: patient.name },
          {
            id: "when",
            label: t("rows.when"),
            value: when,
            action: (
              <Link href={hrefOf(PATH, params)} className="link inline-flex min-h-6 items-center" scroll={false}>
                {t("changeRow")} <span className="sr-only">{t("rows.when")}</span>
              </Link>
            ),
          },
          { id: "service", label: t("rows.service"), value: service.name },
          { id: "doctor", label: t("rows.doctor"), value: doctor.name },
          { id: "location", label: t("rows.location"), value: place.name },
        ]}
      />
      <TakeTimeForm
        key={`${chosen.start} ${chosen.doctorId} ${chosen.locationId}`}
        kind="book"
        path={PATH}
        params={params}
        fields={{
          patientId: patient.id,
          serviceId: service.id,
          doctorId: chosen.doctorId,
          locationId: chosen.locationId,
          start: chosen.start,
        }}
      />
    </CheckSection>
  );
}
