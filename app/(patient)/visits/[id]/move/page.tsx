import type { Metadata } from "next";
import Form from "next/form";
import { getLocale, getTranslations } from "next-intl/server";
import { CallUs } from "@/app/(public)/find/call-us";
import { type Offer, readOffer, readTimes } from "@/app/(public)/find/read-times";
import { KeptInputs } from "@/components/find/kept-inputs";
import { type FindQuery, readFindQuery } from "@/components/find/query";
import { TimesPicker } from "@/components/find/times-picker";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { VisitWhen } from "@/components/visits/visit-words";
import type { VisitView } from "@/lib/appointments/views";
import { getService } from "@/lib/clinic/queries";
import type { Context } from "@/lib/platform/context";
import { chooseNewTimeAction } from "../actions";
import { obstacleTo, readVisitPage, type VisitPageProps } from "../read-visit";
import { Refused } from "../refused";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("visits.moving"))("title") };
}

/** The same choice of times as in finding one, for a visit that is there already. Its doctor's times come first. */
export default async function MovePage(props: VisitPageProps) {
  const data = await readVisitPage(props, "/move");
  const obstacle = obstacleTo("move", data);
  const { ctx, visit } = data;
  const service = obstacle ? null : await getService(ctx, { id: visit.service.id });
  if (obstacle || !service?.ok) return <Refused data={data} what="move" obstacle={obstacle ?? { why: "status" }} />;

  const [t, locale] = await Promise.all([getTranslations("visits.moving"), getLocale()]);
  const asked = readFindQuery(data.search);
  const offer = await readOffer(ctx, visit.service.id);
  const doctorId = doctorOf(data.search.doctor, visit, offer);
  const query: FindQuery = { for: asked.for, service: visit.service.id, doctor: doctorId };
  // Unless another place is asked for, the visit stays where it is.
  const place = doctorId || visit.modality !== "in_person" ? undefined : visit.location.id;
  const wish = { doctorId, locationId: place, from: asked.from, day: asked.day };
  const initial = await readTimes(ctx, service.value, offer, wish, locale);
  return (
    <PatientPage title={t("title")} lead={t("lead")}>
      <p className="mb-6 flex gap-4 rounded-lg bg-sunken px-5 py-4 text-base">
        <strong className="font-semibold">{t("now")}</strong>
        <VisitWhen visit={visit} />
      </p>
      <DoctorFilter visit={visit} offer={offer} doctorId={doctorId} />
      <Picker ctx={ctx} visit={visit} query={{ ...query, place }} initial={initial} />
    </PatientPage>
  );
}

/** The visit's own doctor, another one, or with `doctor=any` all of them. */
function doctorOf(asked: string | string[] | undefined, visit: VisitView, offer: Offer): string | undefined {
  if (asked === "any") return undefined;
  const known = (id: unknown) => offer.doctors.find((doctor) => doctor.id === id)?.id;
  return known(asked) ?? known(visit.doctor.id);
}

async function DoctorFilter({ visit, offer, doctorId }: { visit: VisitView; offer: Offer; doctorId?: string }) {
  const t = await getTranslations("find.filters");
  if (offer.doctors.length < 2) return null;
  return (
    <Form action={`/visits/${visit.id}/move`} scroll={false} className="mb-8 flex flex-wrap items-end gap-3">
      <KeptInputs except={["doctor"]} />
      <SelectField
        name="doctor"
        label={t("doctor")}
        defaultValue={doctorId ?? "any"}
        className="min-w-0 flex-1 basis-48"
      >
        <option value="any">{t("anyDoctor")}</option>
        {offer.doctors.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <Button type="submit" variant="secondary">
        {t("apply")}
      </Button>
    </Form>
  );
}

type PickerProps = {
  ctx: Context;
  visit: VisitView;
  query: FindQuery;
  initial: Awaited<ReturnType<typeof readTimes>>;
};

function Picker({ ctx, visit, query, initial }: PickerProps) {
  return (
    <ClientMessages namespaces={["find"]}>
      <TimesPicker
        key={`${query.doctor} ${query.place}`}
        initial={initial}
        query={query}
        path={`/visits/${visit.id}/move`}
        source="/find/slots"
        choose={chooseNewTimeAction}
        fields={{ id: visit.id, ...(visit.patient ? { for: visit.patient.id } : {}) }}
        help={<CallUs ctx={ctx} phone={visit.locationPhone} />}
      />
    </ClientMessages>
  );
}
