"use client";

import { CheckboxField } from "@/components/ui/checkbox";
import { SelectField, TextField } from "@/components/ui/field";
import type { UserView } from "@/lib/accounts/views";
import { inviteAction, saveUserAction } from "../actions";
import { AdminForm } from "../form-parts";
import { useAdminForm } from "../use-admin-form";

const STAFF = ["receptionist", "doctor", "admin"] as const;

export function InviteForm() {
  const { state, submit, field, t } = useAdminForm(inviteAction, { role: "receptionist" });
  return (
    <AdminForm state={state} submit={submit} cancelHref="/admin/users" label={t("users.invite")}>
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
    <AdminForm state={state} submit={submit} row={user} cancelHref="/admin/users" label={t("save")}>
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
