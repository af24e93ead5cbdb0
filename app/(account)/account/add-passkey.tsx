"use client";

import { startRegistration } from "@simplewebauthn/browser";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { addPasskeyAction, beginPasskeyAction } from "./actions";
import { RecoveryCodes } from "./recovery-codes";
import { StepUp } from "./step-up";

type Phase = { kind: "idle" | "asking" | "failed" } | { kind: "codes"; codes: string[] };

/** Makes a passkey on this device, or on one that it reaches. */
export function AddPasskey({ next = "/account" }: { next?: string }) {
  const t = useTranslations("account.factor");
  const [phase, setPhase] = useState<Phase>({ kind: "idle" });
  const [asked, setAsked] = useState<{ code: string | null }>({ code: null });
  const add = async () => {
    setPhase({ kind: "asking" });
    const begun = await beginPasskeyAction({}).catch(() => null);
    if (!begun?.ok) {
      setAsked({ code: begun?.code ?? null });
      return setPhase({ kind: begun?.code === "step_up_required" ? "idle" : "failed" });
    }
    const credential = await startRegistration({ optionsJSON: begun.value }).catch(() => null);
    const added = credential ? await addPasskeyAction({ credential }).catch(() => null) : null;
    if (!added?.ok) return setPhase({ kind: "failed" });
    if (added.value.recoveryCodes) return setPhase({ kind: "codes", codes: added.value.recoveryCodes });
    window.location.assign(next);
  };
  if (phase.kind === "codes") return <RecoveryCodes codes={phase.codes} next={next} />;
  return (
    <form action={() => void add()} className="grid justify-items-start gap-3">
      <StepUp state={asked} />
      <p className="text-muted-foreground">{t("passkeyBody")}</p>
      <SubmitButton variant="secondary" pendingLabel={t("waiting")} pending={phase.kind === "asking"}>
        <KeyRound aria-hidden className="me-2 inline" />
        {t("addPasskey")}
      </SubmitButton>
      <p role="status" className="text-muted-foreground">
        {phase.kind === "failed" ? t("passkeyFailed") : null}
      </p>
    </form>
  );
}
