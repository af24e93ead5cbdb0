"use client";

import { useTranslations } from "next-intl";
import { CheckboxField } from "@/components/ui/checkbox";
import { TextField } from "@/components/ui/field";
import type { DoctorView } from "@/lib/doctors/views";
import { errorAt } from "@/lib/platform/action-state";
import { saveDoctorAction } from "../actions";
import { AdminForm, Boxes } from "../form-parts";
import { useAdminForm } from "../use-admin-form";

type Options = { value: string; label: string }[];

export function DoctorForm({
  doctor,
  services,
  locations,
}: {
  doctor?: DoctorView;
  services: Options;
  locations: Options;
}) {
  const { state, submit, field, box, chosen, t } = useAdminForm(saveDoctorAction, doctor ?? { active: true });
  const optional = useTranslations("ui")("optional");
  return (
    <AdminForm
      state={state}
      submit={submit}
      row={doctor}
      cancelHref="/admin/doctors"
      label={doctor ? t("save") : t("doctors.create")}
    >
      <TextField {...field("name")} />
      <TextField
        {...field("email")}
        type="email"
        hint={doctor?.email ? t("hints.doctorEmailChange") : t("hints.doctorEmail")}
        {...(doctor && !doctor.email ? { note: optional } : {})}
      />
      <TextField {...field("specialty")} note={optional} />
      <Boxes
        name="serviceIds"
        label={t("doctors.services")}
        error={errorAt(state, "serviceIds")}
        options={services}
        chosen={chosen("serviceIds")}
      />
      <Boxes
        name="locationIds"
        label={t("doctors.locations")}
        error={errorAt(state, "locationIds")}
        options={locations}
        chosen={chosen("locationIds")}
      />
      <CheckboxField {...box("active")} hint={t("hints.doctorActive")} />
    </AdminForm>
  );
}
