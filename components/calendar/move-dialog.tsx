"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AppointmentView, VisitView } from "@/lib/appointments/views";
import { Dialog, DialogContent } from "../ui/dialog";
import { MoveCheck } from "./move-check";
import { MovePick } from "./move-pick";
import type { NamedId, VisitActions } from "./types";

export type MoveWish = { start: string; doctor: NamedId };

type Props = {
  visit: VisitView;
  /** Where it was dropped; without it one is asked for. */
  start?: string | undefined;
  /** To whom it may be moved. */
  doctors: NamedId[];
  actions: Pick<VisitActions, "move" | "freeTimes">;
  onClose: () => void;
  onMoved: (visit: AppointmentView) => void;
};

/** Moves a visit in two steps: choose a time, see old and new side by side. Whatever can be dragged can be moved here too. */
export function MoveDialog({ visit, start, doctors, actions, onClose, onMoved }: Props) {
  const t = useTranslations("calendar.move");
  const [wish, setWish] = useState<MoveWish | null>(start ? { start, doctor: visit.doctor } : null);
  const { patient, service, location } = visit;
  const lead = t("lead", { name: patient?.name ?? t("nobody"), service: service.name, place: location.name });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={wish ? t("confirmTitle") : t("title")} description={lead} data-density="dense">
        {wish ? (
          <MoveCheck
            key={`${wish.start} ${wish.doctor.id}`}
            {...{ visit, wish, actions, onClose, onMoved }}
            onWish={setWish}
            onChoose={() => setWish(null)}
          />
        ) : (
          <MovePick {...{ visit, doctors, actions, onClose }} onWish={setWish} />
        )}
      </DialogContent>
    </Dialog>
  );
}
