import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AnswersSoFar, ChoiceLinks } from "@/components/find/choice-links";
import { type FindQuery, findHref } from "@/components/find/query";
import { PatientPage } from "@/components/shell/page";
import type { ServiceView } from "@/lib/clinic/views";
import { answersSoFar } from "./answers";
import type { BookablePerson } from "./people";

type Props = { query: FindQuery; service: ServiceView; people: BookablePerson[]; path?: string };

/** Whom the visit is for; asked only of those who stand for more than one person. */
export async function WhoStep({ query, service, people, path = "/find" }: Props) {
  const [t, answers] = await Promise.all([getTranslations("find"), answersSoFar({ query, service })]);
  return (
    <PatientPage title={t("who.title")}>
      <AnswersSoFar answers={answers} label={t("answers.label")} change={t("change")} />
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
    </PatientPage>
  );
}
