import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ChoiceLinks } from "@/components/find/choice-links";
import { FindStep } from "@/components/find/find-step";
import { type FindQuery, findHref } from "@/components/find/query";
import type { ServiceView } from "@/lib/clinic/views";
import { answersSoFar } from "./answers";
import type { BookablePerson } from "./people";

type Props = { query: FindQuery; service: ServiceView; people: BookablePerson[]; path?: string };

/** Whom the visit is for; asked only of those who stand for more than one person. */
export async function WhoStep({ query, service, people, path = "/find" }: Props) {
  const [t, answers] = await Promise.all([getTranslations("find"), answersSoFar({ query, service })]);
  return (
    <FindStep title={t("who.title")} answers={answers}>
      <ChoiceLinks
        items={people.map(({ id, name, relationship }) => ({
          href: findHref(path, query, { for: id }),
          title: name,
          detail: relationship,
        }))}
      />
      <p className="mt-6">
        <Link href="/family/add" className="link inline-flex min-h-11 items-center">
          {t("who.add")}
        </Link>
      </p>
    </FindStep>
  );
}
