"use client";

import { StepUp } from "@/app/(account)/account/step-up";
import { CheckboxField } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { UserView } from "@/lib/accounts/views";
import { inviteAction, resetSecondFactorAction, saveUserAction } from "../actions";
import { AdminForm } from "../form-parts";
import { useAdminForm } from "../use-admin-form";

const STAFF = ["receptionist", "doctor", "admin"] as const;

export function InviteForm() {
  const { state, submit, field, t } = useAdminForm(inviteAction, { role: "receptionist" });
  return (
    <AdminForm
      state={state}
      submit={submit}
      cancelHref="/admin/users"
      label={t("users.invite")}
      stepUp={<StepUp state={state} />}
    >
      <TextField {...field("name")} />
      <TextField {...field("email")} type="email" hint={t("hints.inviteEmail")} />
      <SelectField {...field("role")} hint={t("hints.role")} controlClassName="sm:max-w-60">
        {STAFF.map((role) => (
          <option key={role} value={role}>
            {t(`roles.${role}`)}
          </option>
        ))}
      </SelectField>
    </AdminForm>
  );
}

export function UserForm({ user }: { user: UserView }) {
  const { state, submit, field, box, t } = useAdminForm(saveUserAction, user);
  return (
    <AdminForm
      state={state}
      submit={submit}
      row={user}
      cancelHref="/admin/users"
      label={t("save")}
      stepUp={<StepUp state={state} />}
    >
      <TextField {...field("name")} />
      <SelectField {...field("role")} hint={t("hints.roleChange")} controlClassName="sm:max-w-60">
        {[...STAFF, "patient" as const].map((role) => (
          <option key={role} value={role}>
            {t(`roles.${role}`)}
          </option>
        ))}
      </SelectField>
      <CheckboxField {...box("disabled")} hint={t("hints.disabled")} />
    </AdminForm>
  );
}

/** For somebody who has lost phone and recovery codes; opens on a press, so that nothing is reset by one. */
export function ResetFactors({ id }: { id: string }) {
  const { state, submit, t } = useAdminForm(resetSecondFactorAction);
  return (
    <details className="mt-8 max-w-2xl border-t pt-5">
      <summary className="min-h-9 font-semibold">{t("users.reset")}</summary>
      <form action={submit} className="mt-3 grid justify-items-start gap-4">
        <ErrorSummary errors={state.errors} />
        <StepUp state={state} />
        <input type="hidden" name="id" value={id} />
        <p className="text-sm text-muted-foreground">{t("users.resetBody")}</p>
        <SubmitButton variant="destructive" pendingLabel={t("saving")}>
          {t("users.resetNow")}
        </SubmitButton>
      </form>
    </details>
  );
}
