"use client";

import { ArrowDown } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { AppointmentView, VisitView } from "@/lib/appointments/views";
import type { SlotView } from "@/lib/availability/views";
import type { Refused } from "@/lib/domain/result";
import { formatDay, formatTime } from "@/lib/format/dates";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { DialogFooter } from "../ui/dialog";
import { TextField } from "../ui/field";
import { SubmitButton } from "../ui/submit-button";
import type { MoveWish } from "./move-dialog";
import { canOverride, useRefusalWords } from "./refusal-words";
import type { VisitActions } from "./types";

type Props = {
  visit: VisitView;
  wish: MoveWish;
  actions: Pick<VisitActions, "move">;
  onWish: (wish: MoveWish) => void;
  onChoose: () => void;
  onClose: () => void;
  onMoved: (visit: AppointmentView) => void;
};

const nearestOf = (refused: Refused): SlotView[] =>
  Array.isArray(refused.data?.nearest) ? (refused.data.nearest as SlotView[]) : [];

/** Old and new time side by side, before anybody is told; a refusal says why, and what is free near by. */
export function MoveCheck({ visit, wish, actions, onWish, onChoose, onClose, onMoved }: Props) {
  const t = useTranslations("calendar.move");
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isPending, start] = useTransition();
  const override = refused !== null && canOverride(refused);

  const move = (form: FormData) =>
    start(async () => {
      const reason = form.get("overrideReason");
      const result = await actions.move({
        id: visit.id,
        start: wish.start,
        expectedVersion: visit.version,
        ...(wish.doctor.id === visit.doctor.id ? {} : { doctorId: wish.doctor.id }),
        ...(typeof reason === "string" && reason.trim() ? { overrideReason: reason.trim() } : {}),
      });
      if (result.ok) onMoved(result.value);
      else setRefused(result);
    });

  return (
    <form action={move}>
      <dl className="grid grid-cols-[4rem_1fr] items-start gap-x-3 gap-y-1">
        <dt className="text-muted-foreground">{t("from")}</dt>
        <dd>
          <When at={visit.start} timeZone={visit.timeZone} />
        </dd>
        <dd aria-hidden className="col-start-2">
          <ArrowDown className="size-4 text-muted-foreground" />
        </dd>
        <dt className="text-muted-foreground">{t("to")}</dt>
        <dd className="font-semibold">
          <When at={wish.start} timeZone={visit.timeZone} />
          {wish.doctor.id === visit.doctor.id ? null : <span className="block">{wish.doctor.name}</span>}
        </dd>
      </dl>
      {refused ? (
        <Refusal
          refused={refused}
          timeZone={visit.timeZone}
          onTake={(slot) => onWish({ ...wish, start: slot.start })}
        />
      ) : (
        <p className="mt-4">{visit.patient ? t("told", { name: visit.patient.name }) : t("toldNobody")}</p>
      )}
      {override ? (
        <TextField
          name="overrideReason"
          label={t("override")}
          hint={t("overrideHint")}
          required
          maxLength={500}
          className="mt-4"
        />
      ) : null}
      <DialogFooter>
        <Button variant="ghost" size="sm" onClick={onClose}>
          {t("no")}
        </Button>
        <Button variant="secondary" size="sm" onClick={onChoose}>
          {t("choose")}
        </Button>
        {refused && !override ? null : (
          <SubmitButton size="sm" pending={isPending} pendingLabel={t("pending")}>
            {override ? t("overrideYes") : t("yes")}
          </SubmitButton>
        )}
      </DialogFooter>
    </form>
  );
}

function When({ at, timeZone }: { at: string; timeZone: string }) {
  const locale = useLocale();
  return (
    <>
      {formatDay(at, timeZone, locale)}, <strong>{formatTime(at, timeZone, locale)}</strong>
    </>
  );
}

function Refusal({
  refused,
  timeZone,
  onTake,
}: {
  refused: Refused;
  timeZone: string;
  onTake: (slot: SlotView) => void;
}) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const words = useRefusalWords();
  const nearest = nearestOf(refused);
  return (
    <Alert variant="danger" title={t("refusals.title")} role="alert" className="mt-4">
      <p>{words(refused)}</p>
      {nearest.length > 0 ? (
        <div className="mt-3">
          <p className="font-semibold">{t("move.nearest")}</p>
          <div className="mt-1.5 flex flex-wrap gap-2">
            {nearest.map((slot) => (
              <Button key={slot.start} variant="secondary" size="sm" onClick={() => onTake(slot)}>
                {formatDay(slot.start, timeZone, locale)}, {formatTime(slot.start, timeZone, locale)}
              </Button>
            ))}
          </div>
        </div>
      ) : null}
    </Alert>
  );
}
