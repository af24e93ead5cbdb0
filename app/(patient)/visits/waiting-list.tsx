import { Hourglass } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatDay, formatLocalDate, formatTime, formatTimeRange, zoneName } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";
import { listWaitlist } from "@/lib/waitlist/list-waitlist";
import type { OfferView, WaitlistView } from "@/lib/waitlist/views";
import { acceptOfferAction, declineOfferAction, leaveWaitlistAction } from "./actions";

type Props = { ctx: Context; patientId?: string | undefined; showsPerson: boolean };

/** What one waits for, and what is offered, offers first; nothing where there is nothing. */
export async function WaitingList({ ctx, patientId, showsPerson }: Props) {
  const [list, t] = await Promise.all([
    listWaitlist(ctx, { status: "waiting", limit: 100, ...(patientId ? { patientId } : {}) }),
    getTranslations("visits.waiting"),
  ]);
  if (!list.ok || list.value.items.length === 0) return null;
  const wishes = [...list.value.items].sort((a, b) => Number(b.offer !== null) - Number(a.offer !== null));
  return (
    <section aria-labelledby="waiting" className="mb-10">
      <h2 id="waiting" className="mb-4 flex items-center gap-2 text-xl">
        <Hourglass aria-hidden className="size-5" />
        {t("title")}
      </h2>
      <ul className="grid gap-4">
        {wishes.map((wish) => (
          <li key={wish.id} className="grid gap-4 rounded-xl border bg-surface p-5">
            {wish.offer ? <Offered offer={wish.offer} wish={wish} /> : null}
            <Wish wish={wish} showsPerson={showsPerson} />
          </li>
        ))}
      </ul>
    </section>
  );
}

async function Offered({ offer, wish }: { offer: OfferView; wish: WaitlistView }) {
  const [t, locale] = await Promise.all([getTranslations("visits.waiting"), getLocale()]);
  const { id, start, end, timeZone, expiresAt } = offer;
  const day = formatDay(start, timeZone, locale);
  return (
    <div className="grid gap-3">
      <h3 className="text-lg">{t("offered")}</h3>
      <p>
        <time dateTime={start} className="font-semibold">
          {day}
        </time>
        {", "}
        {formatTimeRange(start, end, timeZone, locale)} ({zoneName(timeZone, start, locale)})
      </p>
      <p>{t("withAt", { doctor: offer.doctor.name, place: offer.location.name })}</p>
      <p>
        {t("until", { day: formatDay(expiresAt, timeZone, locale), time: formatTime(expiresAt, timeZone, locale) })}
      </p>
      <div className="flex flex-wrap gap-3 max-sm:[&>*]:w-full">
        <form action={acceptOfferAction} className="grid">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="service" value={wish.service.id} />
          <input type="hidden" name="patient" value={wish.patient.id} />
          {wish.earlierThan ? <input type="hidden" name="visit" value={wish.earlierThan} /> : null}
          <SubmitButton pendingLabel={t("saving")}>{t("accept")}</SubmitButton>
        </form>
        <form action={declineOfferAction} className="grid">
          <input type="hidden" name="id" value={id} />
          <SubmitButton variant="secondary" pendingLabel={t("saving")}>
            {t("decline")}
          </SubmitButton>
        </form>
      </div>
    </div>
  );
}

async function Wish({ wish, showsPerson }: { wish: WaitlistView; showsPerson: boolean }) {
  const [t, locale] = await Promise.all([getTranslations("visits"), getLocale()]);
  const { service, doctors, location, from, to } = wish;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const only = [
    // 2024-01-01 was a Monday.
    ...wish.weekdays.map((day) => weekday.format(Date.UTC(2024, 0, day))),
    ...wish.partsOfDay.map((part) => t(`waiting.part.${part}`)),
  ];
  const span = { from: formatLocalDate(from, locale), to: formatLocalDate(to, locale) };
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <div>
        <p className="font-semibold">{service.name}</p>
        {showsPerson ? <p>{t("for", { name: wish.patient.name })}</p> : null}
        {doctors.length > 0 ? <p>{t("with", { name: doctors.map(({ name }) => name).join(", ") })}</p> : null}
        {location ? <p>{location.name}</p> : null}
        <p>{t("waiting.span", span)}</p>
        {only.length > 0 ? <p>{t("waiting.only", { what: only.join(", ") })}</p> : null}
        {wish.earlierThan ? <p>{t("waiting.earlier")}</p> : null}
      </div>
      <form action={leaveWaitlistAction} className="grid max-sm:w-full">
        <input type="hidden" name="id" value={wish.id} />
        <SubmitButton variant="ghost" pendingLabel={t("waiting.saving")}>
          {t("waiting.leave")} <span className="sr-only">{t("waiting.leaveWhat", { service: service.name })}</span>
        </SubmitButton>
      </form>
    </div>
  );
}
