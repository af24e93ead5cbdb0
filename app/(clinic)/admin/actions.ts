"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { inviteStaff } from "@/lib/accounts/invite-staff";
import { resetSecondFactor } from "@/lib/accounts/reset-second-factor";
import { inviteStaffInput, userInput } from "@/lib/accounts/schemas";
import { updateUser } from "@/lib/accounts/update-user";
import { createLocation } from "@/lib/clinic/create-location";
import { createRoom } from "@/lib/clinic/create-room";
import { createService } from "@/lib/clinic/create-service";
import { createLocationInput, createRoomInput, updateSettingsInput } from "@/lib/clinic/schemas";
import { updateLocation } from "@/lib/clinic/update-location";
import { updateRoom } from "@/lib/clinic/update-room";
import { updateService } from "@/lib/clinic/update-service";
import { updateSettings } from "@/lib/clinic/update-settings";
import { createDoctor } from "@/lib/doctors/create-doctor";
import { createDoctorInput } from "@/lib/doctors/schemas";
import { updateDoctor } from "@/lib/doctors/update-doctor";
import { ROLES } from "@/lib/domain/actor";
import { formAction } from "@/lib/platform/action";
import { serviceForm, serviceInputOf } from "./service-input";

const ADMIN = ["admin"] as const;
const WORDS = { messages: "admin" };
/** What an account may do is changed only by somebody who has just proved who they are. */
const RECENT = { ...WORDS, stepUp: true } as const;
/** A box that is ticked is sent, one that is not is left out. */
const box = z
  .literal("on")
  .optional()
  .transform((sent) => sent === "on");
const row = { id: z.uuid().optional(), expectedVersion: z.coerce.number().int().min(1).optional() };
/** A list without a ticked box is left out of a form; here it means none. */
const someIds = z.array(z.uuid()).max(200).default([]);
/** An emptied field is left out of a form; here it means: take away what was there. */
const orNull = <T>(value: T | undefined) => value ?? null;

export const inviteAction = formAction(
  ADMIN,
  inviteStaffInput,
  async (ctx, input) => {
    const invited = await inviteStaff(ctx, input);
    return invited.ok ? redirect("/admin/users?done=invited") : invited;
  },
  RECENT,
);

export const saveUserAction = formAction(
  ADMIN,
  z.strictObject({ ...row, id: z.uuid(), name: z.string().trim().min(1).max(120), role: z.enum(ROLES), disabled: box }),
  async (ctx, input) => {
    const saved = await updateUser(ctx, input);
    return saved.ok ? redirect("/admin/users?done=saved") : saved;
  },
  RECENT,
);

export const resetSecondFactorAction = formAction(
  ADMIN,
  userInput,
  async (ctx, input) => {
    const reset = await resetSecondFactor(ctx, input);
    return reset.ok ? redirect("/admin/users?done=reset") : reset;
  },
  RECENT,
);

export const saveServiceAction = formAction(
  ADMIN,
  serviceForm,
  async (ctx, { id, expectedVersion, ...form }) => {
    const input = serviceInputOf(form);
    if (!input.ok) return input;
    const saved = id
      ? await updateService(ctx, { id, expectedVersion, ...input.value })
      : await createService(ctx, input.value);
    return saved.ok ? redirect(`/admin/services?done=${id ? "saved" : "created"}`) : saved;
  },
  WORDS,
);

export const saveLocationAction = formAction(
  ADMIN,
  createLocationInput.extend({ ...row, active: box }),
  async (ctx, { id, expectedVersion, ...form }) => {
    const input = { ...form, address: orNull(form.address), phone: orNull(form.phone) };
    const saved = id ? await updateLocation(ctx, { id, expectedVersion, ...input }) : await createLocation(ctx, input);
    return saved.ok ? redirect(`/admin/locations/${saved.value.id}?done=${id ? "saved" : "created"}`) : saved;
  },
  WORDS,
);

export const saveRoomAction = formAction(
  ADMIN,
  createRoomInput.extend({ ...row, active: box, serviceIds: someIds }),
  async (ctx, { id, expectedVersion, locationId, ...form }) => {
    const saved = id
      ? await updateRoom(ctx, { id, expectedVersion, ...form })
      : await createRoom(ctx, { locationId, ...form });
    return saved.ok ? redirect(`/admin/locations/${locationId}?done=${id ? "saved" : "created"}`) : saved;
  },
  WORDS,
);

export const saveDoctorAction = formAction(
  ADMIN,
  createDoctorInput.partial({ email: true }).extend({ ...row, active: box, serviceIds: someIds, locationIds: someIds }),
  async (ctx, { id, expectedVersion, email, ...form }) => {
    const input = { ...form, specialty: orNull(form.specialty) };
    if (!id) {
      const parsed = createDoctorInput.shape.email.safeParse(email);
      if (!parsed.success)
        return { ok: false, code: "validation_failed", errors: [{ path: "email", message: "is needed" }] };
      const created = await createDoctor(ctx, { ...input, email: parsed.data });
      return created.ok ? redirect(`/admin/doctors/${created.value.id}/hours?done=invited`) : created;
    }
    const saved = await updateDoctor(ctx, { id, expectedVersion, ...input, ...(email ? { email } : {}) });
    return saved.ok ? redirect("/admin/doctors?done=saved") : saved;
  },
  WORDS,
);

export const saveSettingsAction = formAction(
  ADMIN,
  updateSettingsInput.required({ name: true }),
  async (ctx, form) => {
    const { phone, address, email, country, videoBaseUrl } = form;
    const cleared = [phone, address, email, country, videoBaseUrl].map(orNull);
    const [newPhone, newAddress, newEmail, newCountry, newVideo] = cleared;
    const saved = await updateSettings(ctx, {
      ...form,
      phone: newPhone,
      address: newAddress,
      email: newEmail,
      country: newCountry,
      videoBaseUrl: newVideo,
    });
    return saved.ok ? redirect("/admin/settings?done=saved") : saved;
  },
  WORDS,
);
