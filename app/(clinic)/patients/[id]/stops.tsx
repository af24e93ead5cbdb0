"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Alert } from "@/components/ui/alert";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StopView } from "@/lib/notifications/stops";
import { idleForm } from "@/lib/platform/action-state";
import { liftStopAction } from "../actions";

/** Which of the patient's addresses get nothing any more, and why. */
export function Stops({ patientId, stops }: { patientId: string; stops: StopView[] }) {
  return stops.map((stop) => <Stop key={stop.channel} patientId={patientId} stop={stop} />);
}

function Stop({ patientId, stop: { channel, reason } }: { patientId: string; stop: StopView }) {
  const t = useTranslations("patients.stops");
  const [state, submit] = useActionState(liftStopAction, idleForm);
  return (
    <Alert variant="warning">
      <p>{t(`${channel}.${reason}`)}</p>
      {reason === "bounced" ? (
        <form action={submit} className="mt-2 grid gap-2">
          <ErrorSummary errors={state.errors} />
          <input type="hidden" name="patientId" value={patientId} />
          <input type="hidden" name="channel" value={channel} />
          <SubmitButton size="sm" variant="secondary" pendingLabel={t("lift")} className="justify-self-start">
            {t("lift")}
          </SubmitButton>
        </form>
      ) : null}
    </Alert>
  );
}
