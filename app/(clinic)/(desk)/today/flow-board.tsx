"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { BoardCard, type CardVisit } from "@/components/clinic/board-card";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { LiveRegion } from "@/components/ui/live-region";
import { StatusIcon, type VisitStatus } from "@/components/ui/status-badge";
import { type FormState, idleForm } from "@/lib/platform/action-state";

const columns: { id: string; statuses: VisitStatus[] }[] = [
  { id: "booked", statuses: ["booked"] },
  { id: "arrived", statuses: ["arrived"] },
  { id: "checked_in", statuses: ["checked_in"] },
  { id: "in_progress", statuses: ["in_progress"] },
  { id: "done", statuses: ["fulfilled", "no_show", "cancelled"] },
];

export type Changed = { id: string; status: VisitStatus; name: string };
type Action = (state: FormState<Changed>, form: FormData) => Promise<FormState<Changed>>;

/** The day from the door to the way out: columns where there is room, one group under another where there is not. */
export function FlowBoard({ visits, now, action }: { visits: CardVisit[]; now: string; action: Action }) {
  const t = useTranslations("clinic.board");
  const words = useTranslations("ui.status.staff");
  const [state, submit, pending] = useActionState(action, idleForm as FormState<Changed>);
  const board = useRef<HTMLElement>(null);
  const done = state.status === "done" ? state.value : undefined;

  // The card that was pressed has gone to another column; the focus goes with it.
  useEffect(() => {
    if (done) board.current?.querySelector<HTMLElement>(`[data-visit="${done.id}"]`)?.focus();
  }, [done]);

  return (
    <section ref={board} aria-label={t("label")}>
      <LiveRegion message={done ? t("changed", { name: done.name, status: words(done.status) }) : ""} />
      {state.status === "refused" ? (
        <Alert variant="danger" role="alert" className="mb-3">
          {state.errors.map(({ message }) => message).join(" ") || state.detail}
        </Alert>
      ) : null}
      <nav aria-label={t("jump")} className="mb-4 flex flex-wrap gap-2 lg:hidden">
        {columns.map(({ id, statuses }) => (
          <Button key={id} variant="secondary" size="sm" asChild>
            <a href={`#column-${id}`}>
              {id === "done" ? t("done") : words(id as VisitStatus)}
              <span className="figures text-muted-foreground">
                {visits.filter(({ status }) => statuses.includes(status)).length}
              </span>
            </a>
          </Button>
        ))}
      </nav>
      <div className="grid gap-x-3 gap-y-6 lg:grid-cols-5">
        {columns.map(({ id, statuses }) => {
          const here = visits.filter(({ status }) => statuses.includes(status));
          const name = id === "done" ? t("done") : words(id as VisitStatus);
          return (
            <section key={id} aria-labelledby={`column-${id}`} className="min-w-0">
              <h2 id={`column-${id}`} className="mb-2 flex items-center gap-2 border-b-2 border-input pb-1.5 text-base">
                <StatusIcon status={statuses[0] ?? "booked"} className="size-4 text-muted-foreground" />
                <span className="flex-1">{name}</span>
                <span className="figures text-sm text-muted-foreground">{t("count", { count: here.length })}</span>
              </h2>
              {here.length === 0 ? (
                <p className="py-2 text-sm text-muted-foreground">{t("nobody")}</p>
              ) : (
                <ul className="grid content-start gap-2 sm:max-lg:grid-cols-2 lg:max-h-[calc(100dvh-15.5rem)] lg:min-h-80 lg:overflow-y-auto lg:pe-1 lg:pb-1 print:max-h-none">
                  {here.map((visit) => (
                    <BoardCard key={visit.id} visit={visit} now={now} submit={submit} pending={pending} />
                  ))}
                </ul>
              )}
            </section>
          );
        })}
      </div>
    </section>
  );
}
