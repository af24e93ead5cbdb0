"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { LiveRegion } from "@/components/ui/live-region";
import type { VisitStatus } from "@/components/ui/status-badge";
import { idleForm } from "@/lib/platform/action-state";
import { changeStatusAction } from "../../visit-actions";

/** The statuses that may follow, each as a button. */
export function StatusSteps({ id, version, next }: { id: string; version: number; next: VisitStatus[] }) {
  const t = useTranslations("clinic");
  const words = useTranslations("ui.status.staff");
  const [state, submit, pending] = useActionState(changeStatusAction, idleForm);
  const changed = state.status === "done" ? state.value : undefined;
  return (
    <form action={submit} className="flex flex-wrap gap-2">
      <LiveRegion message={changed ? t("board.changed", { name: changed.name, status: words(changed.status) }) : ""} />
      {state.status === "refused" ? (
        <Alert variant="danger" role="alert" className="w-full">
          {state.errors.map(({ message }) => message).join(" ")}
        </Alert>
      ) : null}
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="expectedVersion" value={version} />
      {next.map((status, index) => (
        <Button
          key={status}
          type="submit"
          name="status"
          value={status}
          size="sm"
          variant={index === 0 ? "primary" : "secondary"}
          aria-disabled={pending || undefined}
        >
          {t(`steps.${status}`)}
        </Button>
      ))}
    </form>
  );
}
