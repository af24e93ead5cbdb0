import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { Params } from "@/components/clinic/href";
import { SlotPicker } from "@/components/clinic/slot-picker";
import { type ChosenSlot, readSlotToken } from "@/components/find/query";
import { StaffPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { SummaryList } from "@/components/ui/summary-list";
import { isUuid } from "@/lib/clinic/queries";
import { localDate } from "@/lib/domain/zone";
import { formatDay, formatLocalDate, formatTime } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";
import { requireActor } from "@/lib/platform/request";
import { getWish } from "@/lib/waitlist/get-wish";
import { leaveReason } from "@/lib/waitlist/schemas";
import type { WaitlistView } from "@/lib/waitlist/views";
import { CheckSection } from "../../../check-section";
import { clinicLists } from "../../../clinic-lists";
import { pickTimes } from "../../../pick-times";
import { dateIn, one, type Search } from "../../../search-params";
import { OfferForm } from "./offer-form";
import { TakeOffForm } from "./take-off-form";

type Props = { params: Promise<{ id: string }>; searchParams: Search };
type RawSearch = Awaited<Search>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.waitlist"))("wish") };
}

/** One wish: what for, a free time to offer out of turn, and the way off the list. */
export default async function WishPage({ params, searchParams }: Props) {
  const ctx = await requireActor("receptionist", "admin");
  const [{ id }, search, t] = await Promise.all([params, searchParams, getTranslations("clinic.waitlist")]);
  const found = isUuid(id) ? await getWish(ctx, { id }) : null;
  if (!found?.ok) notFound();
  const wish = found.value;
  const title = t("wishOf", { name: wish.patient.name, service: wish.service.name });
  return (
    <StaffPage title={title} crumbs={[{ label: t("title"), href: "/waitlist" }, { label: wish.patient.name }]}>
      <div className="grid max-w-5xl gap-6">
        <Facts wish={wish} />
        {wish.status !== "waiting" ? (
          <Alert variant="info">{t("ended", { status: t(`status.${wish.status}`) })}</Alert>
        ) : (
          <>
            {wish.offer ? (
              <Alert variant="info">{t("beingAsked")}</Alert>
            ) : (
              <OfferTime ctx={ctx} wish={wish} search={search} />
            )}
            <TakeOffForm id={wish.id} reasons={leaveReason.options} />
          </>
        )}
      </div>
    </StaffPage>
  );
}

async function Facts({ wish }: { wish: WaitlistView }) {
  const [t, locale] = await Promise.all([getTranslations("clinic.waitlist"), getLocale()]);
  const date = (day: string) => formatLocalDate(day, locale, "date");
  // 2024-01-01 was a Monday.
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const only = [
    ...wish.weekdays.map((day) => weekday.format(Date.UTC(2024, 0, day))),
    ...wish.partsOfDay.map((part) => t(`part.${part}`)),
    ...(wish.earlierThan ? [t("earlier")] : []),
  ];
  const { offer } = wish;
  const rows = [
    {
      id: "patient",
      label: t("columns.patient"),
      value: (
        <Link href={`/patients/${wish.patient.id}`} className="link inline-flex min-h-6 items-center">
          {wish.patient.name}
        </Link>
      ),
    },
    { id: "days", label: t("columns.days"), value: t("span", { from: date(wish.from), to: date(wish.to) }) },
    ...(only.length > 0 ? [{ id: "only", label: t("only"), value: only.join(", ") }] : []),
    ...(wish.doctors.length > 0
      ? [{ id: "doctors", label: t("doctors"), value: wish.doctors.map(({ name }) => name).join(", ") }]
      : []),
    ...(wish.location ? [{ id: "location", label: t("location"), value: wish.location.name }] : []),
    ...(offer
      ? [
          {
            id: "offer",
            label: t("offered"),
            value: t("offeredUntil", {
              time: `${formatDay(offer.start, offer.timeZone, locale)}, ${formatTime(offer.start, offer.timeZone, locale)}, ${offer.doctor.name}`,
              until: formatTime(offer.expiresAt, offer.timeZone, locale),
            }),
          },
        ]
      : []),
  ];
  return <SummaryList className="max-w-xl text-sm" rows={rows} />;
}

/** Every free time of the service, of the doctor and place that are wished for where it is one. */
async function OfferTime({ ctx, wish, search }: { ctx: Context; wish: WaitlistView; search: RawSearch }) {
  const [t, lists] = await Promise.all([getTranslations("clinic.waitlist"), clinicLists()]);
  const doctorId = wish.doctors.length === 1 ? wish.doctors[0]?.id : undefined;
  const params: Params = { from: dateIn(search.from), day: dateIn(search.day) };
  const zone = (lists.locations.find(({ id }) => id === wish.location?.id) ?? lists.locations[0])?.timeZone ?? "UTC";
  const today = localDate(ctx.now.getTime() / 1_000, zone);
  const wanted = { serviceId: wish.service.id, doctorId, locationId: wish.location?.id };
  const times = await pickTimes(ctx, wanted, { from: wish.from, ...params, today });
  const chosen = readSlotToken(one(search.slot));
  const names = (items: { id: string; name: string }[]) => new Map(items.map(({ id, name }) => [id, name]));
  return (
    <section aria-labelledby="offer-title" className="grid gap-4">
      <div>
        <h2 id="offer-title" className="text-lg">
          {t("offerTitle")}
        </h2>
        <p className="text-sm text-muted-foreground">{t("offerBody")}</p>
      </div>
      <SlotPicker
        path={`/waitlist/${wish.id}`}
        params={params}
        times={times}
        doctors={names(lists.doctors)}
        locations={names(lists.locations)}
        chosen={one(search.slot)}
      />
      {chosen ? <Check wish={wish} chosen={chosen} lists={lists} /> : null}
    </section>
  );
}

type CheckProps = { wish: WaitlistView; chosen: ChosenSlot; lists: Awaited<ReturnType<typeof clinicLists>> };

async function Check({ wish, chosen, lists }: CheckProps) {
  const [t, locale] = await Promise.all([getTranslations("clinic.waitlist"), getLocale()]);
  const place = lists.locations.find(({ id }) => id === chosen.locationId);
  const doctor = lists.doctors.find(({ id }) => id === chosen.doctorId);
  if (!place || !doctor) return null;
  const when = `${formatDay(chosen.start, place.timeZone, locale)}, ${formatTime(chosen.start, place.timeZone, locale)}`;
  return (
    <CheckSection title={t("check", { name: wish.patient.name })} level={3}>
      <p className="text-sm">
        {when}, {doctor.name}, {place.name}
      </p>
      <OfferForm
        key={`${chosen.start} ${chosen.doctorId}`}
        fields={{ id: wish.id, doctorId: doctor.id, locationId: place.id, start: chosen.start }}
      />
    </CheckSection>
  );
}
