"use client";

import { Ban, CalendarClock } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { AppointmentView, VisitView } from "@/lib/appointments/views";
import type { Refused, Result } from "@/lib/domain/result";
import { formatTime } from "@/lib/format/dates";
import { Alert } from "../ui/alert";
import { AlertDialog, AlertDialogAction, AlertDialogCancel, AlertDialogContent } from "../ui/alert-dialog";
import { Button } from "../ui/button";
import { StatusIcon } from "../ui/status-badge";
import { useToast } from "../ui/toast";
import { CancelDialog } from "./cancel-dialog";
import { MoveDialog } from "./move-dialog";
import { useRefusalWords } from "./refusal-words";
import type { VisitActions as Actions, NamedId } from "./types";

type Props = {
  visit: VisitView;
  doctors: NamedId[];
  actions: Actions;
  /** When the page was read: a no-show is possible only after the start. */
  at: string;
  onChanged: () => void;
};
type Asking = "no_show" | "cancel" | "move" | null;

/** What staff can do with a visit now: the statuses that may follow, a move, a cancellation. */
export function VisitActions({ visit, doctors, actions, at, onChanged }: Props) {
  const t = useTranslations("calendar.visit");
  const words = useRefusalWords();
  const [asking, setAsking] = useState<Asking>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const { settle, done } = useSettle(visit, { onChanged, onRefused: setRefused });
  const [isPending, start] = useTransition();
  const change = (status: VisitView["status"]) =>
    start(async () => settle(await actions.changeStatus({ id: visit.id, status, expectedVersion: visit.version })));

  const steps = visit.nextStatuses.filter((status) => status !== "cancelled" && status !== "no_show");
  const mayMiss = visit.nextStatuses.includes("no_show");
  const hasBegun = Date.parse(visit.start) <= Date.parse(at);
  if (steps.length === 0 && !mayMiss && !visit.allowed.cancel && !refused) return null;
  return (
    <section aria-label={t("actions")} className="grid gap-3">
      {refused ? (
        <Alert variant="danger" role="alert">
          {words(refused)}
        </Alert>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {steps.map((status, index) => (
          <Button
            key={status}
            size="sm"
            variant={index === 0 ? "primary" : "secondary"}
            aria-disabled={isPending || undefined}
            onClick={() => !isPending && change(status)}
          >
            <StatusIcon status={status} />
            {t(`to.${status as "arrived"}`)}
          </Button>
        ))}
        {visit.allowed.reschedule ? (
          <Button size="sm" variant="secondary" onClick={() => setAsking("move")}>
            <CalendarClock aria-hidden />
            {t("move")}
          </Button>
        ) : null}
        {mayMiss && hasBegun ? (
          <Button size="sm" variant="secondary" onClick={() => setAsking("no_show")}>
            <StatusIcon status="no_show" />
            {t("to.no_show")}
          </Button>
        ) : null}
        {visit.allowed.cancel ? (
          <Button size="sm" variant="ghost" className="text-destructive" onClick={() => setAsking("cancel")}>
            <Ban aria-hidden />
            {t("cancel")}
          </Button>
        ) : null}
      </div>
      {mayMiss && !hasBegun ? <p className="text-muted-foreground">{t("noShow.early")}</p> : null}
      <NoShowDialog
        open={asking === "no_show"}
        visit={visit}
        onClose={() => setAsking(null)}
        onYes={() => change("no_show")}
      />
      {asking === "cancel" ? (
        <CancelDialog
          visit={visit}
          cancel={actions.cancel}
          onClose={() => setAsking(null)}
          onCancelled={() => {
            setAsking(null);
            done(t("cancelling.done"));
          }}
        />
      ) : null}
      {asking === "move" ? (
        <MoveVisit {...{ visit, doctors, actions }} onClose={() => setAsking(null)} onChanged={onChanged} />
      ) : null}
    </section>
  );
}

type Outcome = { onChanged: () => void; onRefused: (refused: Refused | null) => void };

function useSettle(visit: VisitView, { onChanged, onRefused }: Outcome) {
  const t = useTranslations("calendar.visit");
  const status = useTranslations("ui.status.staff");
  const toast = useToast();
  const done = (message: string) => {
    onRefused(null);
    toast({ message });
    onChanged();
  };
  const settle = (result: Result<AppointmentView>) => {
    if (result.ok)
      return done(
        t("changed", { name: visit.patient?.name ?? visit.service.name, status: status(result.value.status) }),
      );
    onRefused(result);
    // What is shown may be old.
    onChanged();
  };
  return { settle, done };
}

type MoveProps = Pick<Props, "visit" | "doctors" | "actions" | "onChanged"> & {
  onClose: (hasMoved: boolean) => void;
  start?: string;
};

/** The Move dialog with what follows it: a word that it is done, and ten seconds to take it back. */
export function MoveVisit({ visit, doctors, actions, start, onClose, onChanged }: MoveProps) {
  const t = useTranslations("calendar.move");
  const words = useRefusalWords();
  const locale = useLocale();
  const toast = useToast();
  const time = (at: string) => formatTime(at, visit.timeZone, locale);
  const undo = async (moved: AppointmentView) => {
    const back = await actions.move({
      id: visit.id,
      start: visit.start,
      expectedVersion: moved.version,
      ...(moved.doctor.id === visit.doctor.id ? {} : { doctorId: visit.doctor.id }),
    });
    toast(
      back.ok ? { message: t("undone", { time: time(visit.start) }) } : { message: words(back), variant: "danger" },
    );
    onChanged();
  };
  return (
    <MoveDialog
      visit={visit}
      start={start}
      doctors={doctors}
      actions={actions}
      onClose={() => onClose(false)}
      onMoved={(moved) => {
        toast({
          message: t("done", { time: time(moved.start) }),
          action: { label: t("undo"), run: () => void undo(moved) },
        });
        onChanged();
        onClose(true);
      }}
    />
  );
}

type NoShowProps = { open: boolean; visit: VisitView; onClose: () => void; onYes: () => void };

function NoShowDialog({ open, visit, onClose, onYes }: NoShowProps) {
  const t = useTranslations("calendar.visit.noShow");
  const locale = useLocale();
  const time = formatTime(visit.start, visit.timeZone, locale);
  return (
    <AlertDialog open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialogContent title={t("title")} description={t("body", { name: visit.patient?.name ?? "", time })}>
        <AlertDialogCancel asChild>
          <Button variant="secondary" size="sm">
            {t("no")}
          </Button>
        </AlertDialogCancel>
        <AlertDialogAction asChild>
          <Button variant="destructive" size="sm" onClick={onYes}>
            {t("yes")}
          </Button>
        </AlertDialogAction>
      </AlertDialogContent>
    </AlertDialog>
  );
}
