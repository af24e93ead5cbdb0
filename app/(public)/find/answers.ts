import "server-only";
import { getTranslations } from "next-intl/server";
import type { Answer } from "@/components/find/find-step";
import { type FindQuery, findHref } from "@/components/find/query";
import type { ServiceView } from "@/lib/clinic/views";
import type { BookablePerson } from "./people";
import type { Offer } from "./read-times";

type Known = { query: FindQuery; service: ServiceView; people?: BookablePerson[]; offer?: Offer };

/** What has been answered so far, each with the address of its question. */
export async function answersSoFar({ query, service, people = [], offer }: Known): Promise<Answer[]> {
  const t = await getTranslations("find");
  const reason = t("answers.reason", { name: service.name, minutes: service.durationMinutes });
  const answers: Answer[] = [
    {
      id: "reason",
      label: t("reason.label"),
      value: reason,
      href: findHref("/find", query, {
        service: undefined,
        place: undefined,
        doctor: undefined,
        from: undefined,
        day: undefined,
      }),
    },
  ];
  const person = people.find(({ id }) => id === query.for);
  if (person && people.length > 1)
    answers.push({
      id: "for",
      label: t("who.label"),
      value: person.name,
      href: findHref("/find", query, { for: undefined }),
    });
  if (offer && offer.places.length > 1 && service.modality === "in_person" && query.place)
    answers.push({
      id: "place",
      label: t("where.label"),
      value: offer.places.find(({ id }) => id === query.place)?.name ?? t("where.any"),
      href: findHref("/find", query, { place: undefined, doctor: undefined, from: undefined, day: undefined }),
    });
  return answers;
}
