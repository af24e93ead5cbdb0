"use client";

import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from "@simplewebauthn/browser";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Result } from "@/lib/domain/result";

type Props<T> = {
  label: string;
  /** As large as the button beside it. */
  size?: "lg";
  ask: (input: unknown) => Promise<Result<PublicKeyCredentialRequestOptionsJSON>>;
  answer: (credential: AuthenticationResponseJSON) => Promise<Result<T>>;
  onDone: (value: T) => void;
};

/** Asks the device for a passkey. Whoever changes their mind is told nothing is wrong and may go on by password. */
export function PasskeyButton<T>({ label, size, ask, answer, onDone }: Props<T>) {
  const t = useTranslations("auth.passkey");
  const [phase, setPhase] = useState<"idle" | "asking" | "failed">("idle");
  const use = async () => {
    setPhase("asking");
    const asked = await ask({}).catch(() => null);
    if (!asked?.ok) return setPhase("failed");
    const credential = await startAuthentication({ optionsJSON: asked.value }).catch(() => null);
    const answered = credential ? await answer(credential).catch(() => null) : null;
    if (!answered?.ok) return setPhase("failed");
    onDone(answered.value);
  };
  return (
    <form action={() => void use()} className="grid justify-items-start gap-3">
      <SubmitButton variant="secondary" size={size} pendingLabel={t("waiting")} pending={phase === "asking"}>
        <KeyRound aria-hidden className="me-2 inline" />
        {label}
      </SubmitButton>
      <p role="status" className="text-muted-foreground">
        {phase === "failed" ? t("failed") : null}
      </p>
    </form>
  );
}
