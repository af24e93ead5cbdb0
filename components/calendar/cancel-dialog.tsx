"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { VisitView } from "@/lib/appointments/views";
import type { Refused } from "@/lib/domain/result";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Dialog, DialogContent, DialogFooter } from "../ui/dialog";
import { TextareaField } from "../ui/field";
import { SubmitButton } from "../ui/submit-button";
import { useRefusalWords } from "./refusal-words";
import type { VisitActions } from "./types";

type Props = { visit: VisitView; cancel: VisitActions["cancel"]; onClose: () => void; onCancelled: () => void };

/** Asks before a visit is cancelled, and why. */
export function CancelDialog({ visit, cancel, onClose, onCancelled }: Props) {
  const t = useTranslations("calendar.visit.cancelling");
  const ui = useTranslations("ui");
  const words = useRefusalWords();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isPending, start] = useTransition();
  const submit = (form: FormData) =>
    start(async () => {
      const reason = String(form.get("cancel-reason") ?? "").trim();
      const result = await cancel({ id: visit.id, expectedVersion: visit.version, ...(reason ? { reason } : {}) });
      if (result.ok) onCancelled();
      else setRefused(result);
    });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t("title")}
        description={visit.patient ? t("body", { name: visit.patient.name }) : t("bodyNobody")}
        data-density="dense"
      >
        <form action={submit}>
          {refused ? (
            <Alert variant="danger" role="alert" className="mb-4">
              {words(refused)}
            </Alert>
          ) : null}
          <TextareaField
            name="cancel-reason"
            label={t("reason")}
            note={ui("optional")}
            hint={t("reasonHint")}
            maxLength={2000}
            rows={2}
          />
          <DialogFooter>
            <Button variant="secondary" size="sm" onClick={onClose}>
              {t("no")}
            </Button>
            <SubmitButton variant="destructive" size="sm" pending={isPending} pendingLabel={t("pending")}>
              {t("yes")}
            </SubmitButton>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
