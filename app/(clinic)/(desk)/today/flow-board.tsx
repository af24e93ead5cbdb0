"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { BoardCard, type CardVisit } from "@/components/clinic/board-card";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { LiveRegion } from "@/components/ui/live-region";
import { StatusIcon, type VisitStatus } from "@/components/ui/status-badge";
import type { BoardColumn } from "@/lib/appointments/flow-board";
import { type FormState, idleForm } from "@/lib/platform/action-state";

export type Changed = { id: string; status: VisitStatus; name: string };
type Action = (state: FormState<Changed>, form: FormData) => Promise<FormState<Changed>>;

/** The day from the door to the way out: columns where there is room, one group under another where there is not. */
export function FlowBoard({
  columns,
  now,
  allHref,
  action,
}: {
  columns: BoardColumn<CardVisit>[];
  now: string;
  /** The same day with the cards that are left out here. */
  allHref: string;
  action: Action;
}) {
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
        {columns.map(({ id, count }) => (
          <Button key={id} variant="secondary" size="sm" asChild>
            <a href={`#column-${id}`}>
              {id === "done" ? t("done") : words(id)}
              <span className="figures text-muted-foreground">{count}</span>
            </a>
          </Button>
        ))}
      </nav>
      <div className="grid gap-x-3 gap-y-6 lg:grid-cols-5">
        {columns.map(({ id, count, visits }) => {
          const name = id === "done" ? t("done") : words(id);
          return (
            <section key={id} aria-labelledby={`column-${id}`} className="min-w-0">
              <h2 id={`column-${id}`} className="mb-2 flex items-center gap-2 border-b-2 border-input pb-1.5 text-base">
                <StatusIcon status={id === "done" ? "fulfilled" : id} className="size-4 text-muted-foreground" />
                <span className="flex-1">{name}</span>
                <span className="figures text-sm text-muted-foreground">{t("count", { count })}</span>
              </h2>
              {count === 0 ? (
                <p className="py-2 text-sm text-muted-foreground">{t("nobody")}</p>
              ) : (
                <ul className="grid content-start gap-2 sm:max-lg:grid-cols-2 lg:max-h-[calc(100dvh-15.5rem)] lg:min-h-80 lg:overflow-y-auto lg:pe-1 lg:pb-1 print:max-h-none">
                  {visits.map((visit) => (
                    <BoardCard key={visit.id} visit={visit} now={now} submit={submit} pending={pending} />
                  ))}
                  {count > visits.length ? (
                    <li className="px-3 py-1.5 text-sm">
                      <Link href={allHref} className="link inline-flex min-h-6 items-center pointer-coarse:min-h-11">
                        {t("more", { count: count - visits.length })}
                      </Link>
                    </li>
                  ) : null}
                </ul>
              )}
            </section>
          );
        })}
      </div>
    </section>
  );
}
