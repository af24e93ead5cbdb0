import { MapPin, MapPinned } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { ChoiceLinks } from "@/components/find/choice-links";
import { FindStep } from "@/components/find/find-step";
import { findHref } from "@/components/find/query";
import { nextSlots } from "@/lib/availability/next-slots";
import { formatDay, formatTime } from "@/lib/format/dates";
import { answersSoFar } from "./answers";
import type { TimesStepProps } from "./times-step";

/** More places than these are listed without their next free time: each costs a search. */
const SEARCHED_PLACES = 12;

/** Where to be seen, each place with its next free time. */
export async function WhereStep({ ctx, query, service, people, offer }: TimesStepProps) {
  const [t, locale, answers] = await Promise.all([
    getTranslations("find"),
    getLocale(),
    answersSoFar({ query, service, people }),
  ]);
  const searched = offer.places.slice(0, SEARCHED_PLACES);
  const found = await Promise.all(searched.map(({ id }) => nextSlots(ctx, { serviceId: service.id, locationId: id })));
  const nextAt = (index: number) => {
    const next = found[index];
    const slot = next?.ok ? next.value.items[0] : undefined;
    if (!next) return null;
    if (!slot) return t("where.full");
    const day = formatDay(slot.start, slot.timeZone, locale);
    return t("where.next", { day, time: formatTime(slot.start, slot.timeZone, locale) });
  };
  const places = offer.places.map((place, index) => ({
    href: findHref("/find", query, { place: place.id, from: undefined, day: undefined }),
    title: place.name,
    icon: <MapPin aria-hidden />,
    detail: (
      <>
        {place.address ? <span className="block">{place.address}</span> : null}
        <span className="block font-medium text-foreground">{nextAt(index)}</span>
      </>
    ),
  }));
  const any = {
    href: findHref("/find", query, { place: "any", from: undefined, day: undefined }),
    title: t("where.any"),
    detail: t("where.anyHint"),
    icon: <MapPinned aria-hidden />,
  };
  return (
    <FindStep title={t("where.title")} answers={answers}>
      <ChoiceLinks items={[...places, any]} />
    </FindStep>
  );
}
