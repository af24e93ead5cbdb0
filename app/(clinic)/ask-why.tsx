import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { Params } from "@/components/clinic/href";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { LocationView } from "@/lib/clinic/views";
import type { DoctorView } from "@/lib/doctors/views";
import { formatDay, formatTime } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";
import { type Explained, explainTime } from "./pick-times";
import { dateIn, idIn, one } from "./search-params";

export type Asked = { date?: string; time?: string; doctor?: string; location?: string };
type Search = Record<string, string | string[] | undefined>;

/** What was asked before, or what the page is about now. */
export const askedOf = (search: Search, start: Asked): Asked => ({
  date: dateIn(search.askDate) ?? start.date,
  time: one(search.askTime)?.slice(0, 5) ?? start.time,
  doctor: idIn(search.askDoctor) ?? start.doctor,
  location: idIn(search.askLocation) ?? start.location,
});

type Props = {
  ctx: Context;
  serviceId: string;
  search: Search;
  start: Asked;
  /** Kept in the address while asking. */
  params: Params;
  doctors: DoctorView[];
  locations: LocationView[];
  /** The form that takes the time all the same, with a reason. */
  take: (explained: Explained) => ReactNode;
};

/** "Why isn't this time offered?", answered in words; and the way to take it all the same where that is allowed. */
export async function AskWhy({ ctx, serviceId, search, start, params, doctors, locations, take }: Props) {
  const t = await getTranslations("clinic.ask");
  const asked = askedOf(search, start);
  const place = locations.find(({ id }) => id === asked.location);
  const hasAsked = one(search.askTime) !== undefined;
  const answer =
    hasAsked && place && asked.date && asked.time && asked.doctor
      ? await explainTime(ctx, { serviceId, doctorId: asked.doctor, place, date: asked.date, time: asked.time })
      : null;
  return (
    <details id="ask" open={hasAsked} className="rounded-lg border bg-surface px-4 py-2">
      <summary className="min-h-8 py-1 font-semibold">{t("title")}</summary>
      <div className="grid gap-4 py-3">
        <p className="text-sm text-muted-foreground">{t("body")}</p>
        <form key={JSON.stringify(asked)} method="get" action="#ask" className="flex flex-wrap items-end gap-3">
          {Object.entries(params).map(([name, value]) =>
            value ? <input key={name} type="hidden" name={name} value={value} /> : null,
          )}
          <SelectField name="askDoctor" label={t("doctor")} defaultValue={asked.doctor}>
            {doctors.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField name="askLocation" label={t("location")} defaultValue={asked.location}>
            {locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <TextField name="askDate" type="date" label={t("date")} defaultValue={asked.date} required />
          <TextField
            name="askTime"
            label={t("time")}
            defaultValue={asked.time}
            required
            maxLength={5}
            controlClassName="figures max-w-24"
          />
          <Button type="submit" variant="secondary" size="sm">
            {t("submit")}
          </Button>
        </form>
        {answer === "bad_time" || (hasAsked && !answer) ? (
          <Alert variant="warning" role="status">
            {t("badTime")}
          </Alert>
        ) : null}
        {answer && answer !== "bad_time" && place ? (
          <Answer
            answer={answer}
            zone={place.timeZone}
            doctor={doctors.find(({ id }) => id === answer.doctorId)?.name ?? ""}
          >
            {take(answer)}
          </Answer>
        ) : null}
      </div>
    </details>
  );
}

async function Answer({
  answer,
  zone,
  doctor,
  children,
}: {
  answer: Explained;
  zone: string;
  doctor: string;
  children: ReactNode;
}) {
  const [t, locale] = await Promise.all([getTranslations("clinic.ask"), getLocale()]);
  if (answer.offered)
    return (
      <>
        <Alert variant="success" role="status">
          {t("offered")}
        </Alert>
        {children}
      </>
    );
  const time = formatTime(answer.start, zone, locale);
  const day = formatDay(answer.start, zone, locale);
  return (
    <>
      <Alert variant="info" role="status" title={t("notOffered", { time, day, doctor })}>
        <ul className="list-disc ps-5">
          {answer.reasons.map((reason) => (
            <li key={reason}>{t(`reasons.${reason}`, { doctor })}</li>
          ))}
        </ul>
        <p className="mt-2">{answer.mayOverride ? t("canOverride") : t("cannotOverride")}</p>
      </Alert>
      {answer.mayOverride ? children : null}
    </>
  );
}
