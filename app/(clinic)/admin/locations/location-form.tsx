"use client";

import { useTranslations } from "next-intl";
import { CheckboxField } from "@/components/ui/checkbox";
import { TextareaField, TextField } from "@/components/ui/field";
import type { LocationView, RoomView } from "@/lib/clinic/views";
import { displayPhone } from "@/lib/format/phone";
import { saveLocationAction, saveRoomAction } from "../actions";
import { AdminForm, Boxes } from "../form-parts";
import { useAdminForm } from "../use-admin-form";

export function LocationForm({ location, zones }: { location?: LocationView; zones: string[] }) {
  const { state, submit, field, box, t } = useAdminForm(
    saveLocationAction,
    location ? { ...location, phone: location.phone && displayPhone(location.phone) } : { active: true },
  );
  const optional = useTranslations("ui")("optional");
  return (
    <AdminForm
      state={state}
      submit={submit}
      row={location}
      cancelHref="/admin/locations"
      label={location ? t("save") : t("locations.create")}
    >
      <TextField {...field("name")} />
      <TextField {...field("timeZone")} hint={t("hints.timeZone")} list="time-zones" spellCheck={false} />
      <datalist id="time-zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <TextareaField {...field("address")} note={optional} rows={2} />
      <TextField {...field("phone")} note={optional} type="tel" controlClassName="sm:max-w-60" />
      <CheckboxField {...box("active")} hint={t("hints.locationActive")} />
    </AdminForm>
  );
}

export function RoomForm({
  locationId,
  room,
  services,
}: {
  locationId: string;
  room?: RoomView;
  services: { value: string; label: string }[];
}) {
  const { state, submit, field, box, chosen, t } = useAdminForm(saveRoomAction, room ?? { active: true });
  return (
    <AdminForm
      state={state}
      submit={submit}
      row={room}
      cancelHref={`/admin/locations/${locationId}`}
      label={room ? t("save") : t("rooms.create")}
    >
      <input type="hidden" name="locationId" value={locationId} />
      <TextField {...field("name")} />
      <Boxes
        name="serviceIds"
        label={t("rooms.services")}
        hint={t("rooms.servicesHint")}
        options={services}
        chosen={chosen("serviceIds")}
      />
      <CheckboxField {...box("active")} hint={t("hints.roomActive")} />
    </AdminForm>
  );
}
