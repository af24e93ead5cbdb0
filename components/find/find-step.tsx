import { Pencil } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PatientPage } from "../shell/page";

export type Answer = { id: string; label: string; value: string; href: string };

type Props = { title: string; answers: Answer[]; children: ReactNode };

/** A step of finding a time: its question, and what has been answered so far; each answer leads back to its question. */
export function FindStep({ title, answers, children }: Props) {
  return (
    <PatientPage title={title} aside={<AnswersCard answers={answers} />}>
      <AnswerChips answers={answers} />
      {children}
    </PatientPage>
  );
}

function AnswerChips({ answers }: { answers: Answer[] }) {
  const t = useTranslations("find");
  return (
    <ul aria-label={t("answers.label")} className="mb-6 flex flex-wrap gap-2 lg:hidden">
      {answers.map((answer) => (
        <li key={answer.id} className="min-w-0">
          <Link
            href={answer.href}
            className="inline-flex min-h-11 max-w-full items-center gap-2 rounded-full border border-accent-line bg-accent px-4 py-1.5 text-base text-accent-foreground hover:border-primary"
          >
            <span className="min-w-0">
              <span className="sr-only">{answer.label}: </span>
              {answer.value}
            </span>
            <Pencil aria-hidden className="size-4 shrink-0" />
            <span className="sr-only">{t("change")}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function AnswersCard({ answers }: { answers: Answer[] }) {
  const t = useTranslations("find");
  return (
    <section
      aria-labelledby="so-far"
      className="rounded-xl border border-accent-line bg-accent px-5 pt-5 pb-2 text-accent-foreground max-lg:hidden"
    >
      <h2 id="so-far" className="mb-1 text-lg">
        {t("answers.label")}
      </h2>
      <dl className="divide-y divide-accent-line text-base">
        {answers.map((answer) => (
          <div key={answer.id} className="grid grid-cols-[1fr_auto] gap-x-3 py-3">
            <dt className="col-span-2">{answer.label}</dt>
            <dd className="min-w-0 font-semibold">{answer.value}</dd>
            <dd>
              <Link href={answer.href} className="link inline-flex min-h-6 items-center">
                {t("change")}
                <span className="sr-only"> {answer.label}</span>
              </Link>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
