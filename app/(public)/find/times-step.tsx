import Form from "next/form";
import { getLocale, getTranslations } from "next-intl/server";
import { FindStep } from "@/components/find/find-step";
import { KeptInputs } from "@/components/find/kept-inputs";
import type { FindQuery } from "@/components/find/query";
import { TimesPicker } from "@/components/find/times-picker";
import { ClientMessages } from "@/components/shell/client-messages";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import type { ServiceView } from "@/lib/clinic/views";
import type { Context } from "@/lib/platform/context";
import { chooseTimeAction } from "./actions";
import { answersSoFar } from "./answers";
import { CallUs } from "./call-us";
import { JoinWaitlist } from "./join-waitlist";
import type { BookablePerson } from "./people";
import { type Offer, readTimes } from "./read-times";

export type TimesStepProps = {
  ctx: Context;
  query: FindQuery;
  service: ServiceView;
  people: BookablePerson[];
  offer: Offer;
};

/** Staff put patients on the list elsewhere. */
const isPatientOrVisitor = ({ actor }: Context) => actor.kind !== "user" || actor.role === "patient";

/** The free times of the service, with place and doctor as filters. */
export async function TimesStep({ ctx, query, service, people, offer }: TimesStepProps) {
  const [t, locale, answers] = await Promise.all([
    getTranslations("find"),
    getLocale(),
    answersSoFar({ query, service, people, offer }),
  ]);
  const locationId = query.place === "any" ? undefined : query.place;
  const wish = { doctorId: query.doctor, locationId, from: query.from, day: query.day };
  const initial = await readTimes(ctx, service, offer, wish, locale);
  const fields = { kind: query.kind, service: service.id, for: query.for, place: query.place };
  return (
    <FindStep title={t("times.title")} answers={answers}>
      <TimesFilters query={query} service={service} offer={offer} />
      <ClientMessages namespaces={["find"]}>
        <TimesPicker
          key={`${service.id} ${query.place} ${query.doctor} ${query.for}`}
          initial={initial}
          query={{ ...query, from: undefined, day: undefined, slot: undefined }}
          path="/find"
          source="/find/slots"
          choose={chooseTimeAction}
          fields={Object.fromEntries(
            Object.entries(fields).filter((pair): pair is [string, string] => Boolean(pair[1])),
          )}
          help={
            <>
              {isPatientOrVisitor(ctx) ? <JoinWaitlist /> : null}
              <CallUs ctx={ctx} />
            </>
          }
        />
      </ClientMessages>
    </FindStep>
  );
}

/** A form of its own, so that filters work before JavaScript; it keeps every other answer. */
async function TimesFilters({ query, service, offer }: Pick<TimesStepProps, "query" | "service" | "offer">) {
  const t = await getTranslations("find.filters");
  // In person, the place was a question of its own.
  const asksPlace = service.modality !== "in_person" && offer.places.length > 1;
  if (!asksPlace && offer.doctors.length < 2) return null;
  return (
    <Form action="/find" scroll={false} className="mb-8 flex flex-wrap items-end gap-3">
      <KeptInputs except={asksPlace ? ["place", "doctor"] : ["doctor"]} />
      {asksPlace ? (
        <SelectField
          name="place"
          label={t("place")}
          defaultValue={query.place ?? "any"}
          className="min-w-0 flex-1 basis-48"
        >
          <option value="any">{t("anyPlace")}</option>
          {offer.places.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : null}
      {offer.doctors.length > 1 ? (
        <SelectField
          name="doctor"
          label={t("doctor")}
          defaultValue={query.doctor ?? ""}
          className="min-w-0 flex-1 basis-48"
        >
          <option value="">{t("anyDoctor")}</option>
          {offer.doctors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <Button type="submit" variant="secondary">
        {t("apply")}
      </Button>
    </Form>
  );
}
