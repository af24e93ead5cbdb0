"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { RadioGroup } from "../ui/radio-group";

type Props = { others: { token: string; when: string; who: string }[]; error?: string; timesHref: string };

/** Times to choose from where the wanted one is lost, in the form that asked for it; all others are a link away. */
export function OtherTimes({ others, error, timesHref }: Props) {
  const t = useTranslations("find.check");
  return (
    <div className="grid gap-3">
      {others.length > 0 ? (
        <RadioGroup
          name="slot"
          label={t("others")}
          error={error}
          choices={others.map(({ token, when, who }) => ({ value: token, label: when, hint: who }))}
        />
      ) : null}
      {others.map(({ token }) => (
        <input key={token} type="hidden" name="others[]" value={token} />
      ))}
      <Link href={timesHref} className="link inline-flex min-h-11 items-center justify-self-start">
        {t("seeAll")}
      </Link>
    </div>
  );
}
