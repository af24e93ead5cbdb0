"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { PasswordField } from "@/app/(public)/_account/password-field";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, type FormState, idleForm } from "@/lib/platform/action-state";
import {
  removePasskeyAction,
  removeTotpAction,
  renamePasskeyAction,
  renewCodesAction,
  startTotpAction,
} from "./actions";
import { RecoveryCodes } from "./recovery-codes";
import { StepUp } from "./step-up";
import { RenameForm, Unfolding } from "./unfolding";

export function StartTotp({ next, isMain = false }: { next: string; isMain?: boolean }) {
  const t = useTranslations("account.factor");
  const [state, submit] = useActionState(startTotpAction, idleForm);
  return (
    <form action={submit} className="grid justify-items-start gap-3">
      <ErrorSummary errors={state.errors} />
      <StepUp state={state} />
      <input type="hidden" name="next" value={next} />
      <SubmitButton variant={isMain ? "primary" : "secondary"} size={isMain ? "lg" : "md"} pendingLabel={t("starting")}>
        {t("setUp")}
      </SubmitButton>
    </form>
  );
}

export function RenewCodes({ left }: { left: number }) {
  const t = useTranslations("account.factor");
  const [state, submit] = useActionState(renewCodesAction, idleForm);
  if (state.status === "done" && state.value?.recoveryCodes)
    return <RecoveryCodes codes={state.value.recoveryCodes} next="/account" />;
  return (
    <form action={submit} className="grid justify-items-start gap-3">
      <ErrorSummary errors={state.errors} />
      <StepUp state={state} />
      <p className="text-muted-foreground">{t("codesLeft", { count: left })}</p>
      <SubmitButton variant="secondary" pendingLabel={t("starting")}>
        {t("renewCodes")}
      </SubmitButton>
    </form>
  );
}

type Removal = {
  /** Without it the password stands alone and must be long. */
  isLast: boolean;
  /** Staff keep one. */
  isKept: boolean;
};

function RemovalForm({
  state,
  submit,
  id,
  isLast,
}: Removal & { state: FormState; submit: (form: FormData) => void; id?: string }) {
  const t = useTranslations("account.factor");
  return (
    <form action={submit} noValidate className="grid gap-4 rounded-lg bg-sunken p-4">
      <ErrorSummary errors={state.errors} />
      <StepUp state={state} />
      {id ? <input type="hidden" name="id" value={id} /> : null}
      {isLast ? (
        <PasswordField
          name="password"
          label={t("lastPassword")}
          hint={t("lastPasswordHint")}
          error={errorAt(state, "password")}
          autoComplete="new-password"
        />
      ) : (
        <p>{t("removeBody")}</p>
      )}
      <SubmitButton variant="destructive" className="justify-self-start" pendingLabel={t("removing")}>
        {t("removeNow")}
      </SubmitButton>
    </form>
  );
}

const MustStay = () => (
  <p className="text-base text-muted-foreground">{useTranslations("account.factor")("mustStay")}</p>
);

export function RemoveTotp(removal: Removal) {
  const t = useTranslations("account.factor");
  const [state, submit] = useActionState(removeTotpAction, idleForm);
  if (removal.isKept) return <MustStay />;
  const content = <RemovalForm {...removal} state={state} submit={submit} />;
  return <Unfolding name={t("totp")} panels={[{ label: t("remove"), content }]} />;
}

export function PasskeyForms({ passkey, ...removal }: Removal & { passkey: { id: string; name: string } }) {
  const t = useTranslations("account.factor");
  const [state, submit] = useActionState(removePasskeyAction, idleForm);
  const rename = { label: t("rename"), content: <RenameForm action={renamePasskeyAction} {...passkey} /> };
  const removalForm = <RemovalForm {...removal} id={passkey.id} state={state} submit={submit} />;
  const panels = removal.isKept ? [rename] : [rename, { label: t("remove"), content: removalForm }];
  return (
    <div className="grid gap-2">
      <Unfolding name={passkey.name} panels={panels} />
      {removal.isKept ? <MustStay /> : null}
    </div>
  );
}
