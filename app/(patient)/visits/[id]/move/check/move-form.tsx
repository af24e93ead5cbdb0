"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import type { OtherTime } from "@/app/(public)/find/other-times";
import { OtherTimes } from "@/components/find/other-times";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { SummaryList, type SummaryRow } from "@/components/ui/summary-list";
import { errorAt, idleForm } from "@/lib/platform/action-state";
import { moveVisitAction } from "../../actions";

type Props = {
  id: string;
  slot: string;
  rows: SummaryRow[];
  chosen: SummaryRow[];
  timesHref: string;
  keepHref: string;
};

/** Old and new time, and Move. A time that somebody else took meanwhile is chosen anew in place. */
export function MoveForm({ id, slot, rows, chosen, timesHref, keepHref }: Props) {
  const t = useTranslations("visits.moving");
  const [state, submit] = useActionState(moveVisitAction, idleForm);
  const others = (state.data?.others as OtherTime[] | undefined) ?? [];
  const isLost = state.code === "slot_unavailable" || others.length > 0;
  return (
    <form action={submit} noValidate className="grid gap-8">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="id" value={id} />
      {isLost ? (
        <OtherTimes others={others} error={errorAt(state, "slot")} timesHref={timesHref} />
      ) : (
        <input type="hidden" name="slot" value={slot} />
      )}
      <SummaryList rows={isLost ? rows : [...rows, ...chosen]} />
      <div className="flex flex-wrap gap-3 max-sm:[&>*]:w-full">
        <SubmitButton size="lg" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
        <Button size="lg" variant="secondary" asChild>
          <Link href={keepHref}>{t("keep")}</Link>
        </Button>
      </div>
    </form>
  );
}
