"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { MIN_LEAD_MINUTES } from "@/lib/domain/reminders";
import { putPreferences } from "@/lib/notifications/preferences";
import { wallTime } from "@/lib/notifications/schemas";
import { updateContactBody } from "@/lib/patients/schemas";
import { updatePatient } from "@/lib/patients/update-patient";
import { formAction } from "@/lib/platform/action";
import { secureCookies } from "@/lib/platform/host-cookie";
import { localeCookie, locales } from "@/lib/platform/messages";

const contactForm = updateContactBody.extend({ id: z.uuid(), version: z.coerce.number().int() });
const CLEARABLE = ["email", "phone", "address", "timeZone"] as const;
const YEAR_SECONDS = 31_536_000;

/** Saves how a patient is reached; an empty field takes away what was there. */
export const saveContactAction = formAction(
  ["patient"],
  contactForm,
  async (ctx, { id, version, ...contact }, form) => {
    const cleared = CLEARABLE.filter((name) => form.has(name) && contact[name] === undefined);
    const patch = { ...contact, ...Object.fromEntries(cleared.map((name) => [name, null])) };
    const saved = await updatePatient(ctx, { id, expectedVersion: version, ...patch });
    if (!saved.ok) return saved;
    if (contact.locale && id === ctx.actor.patientId)
      (await cookies()).set(localeCookie, contact.locale, {
        path: "/",
        sameSite: "lax",
        secure: secureCookies(),
        maxAge: YEAR_SECONDS,
      });
    redirect(`/profile?notice=saved&for=${id}`);
  },
  { messages: "profile" },
);

const box = z
  .literal("on")
  .optional()
  .transform((sent) => sent === "on");
const preferencesForm = z.strictObject({
  email: box,
  sms: box,
  leads: z.enum(["usual", "own"]),
  leadMinutes: z.array(z.coerce.number().int().min(MIN_LEAD_MINUTES)).max(6).default([]),
  quietFrom: wallTime.optional(),
  quietUntil: wallTime.optional(),
  language: z.enum(locales).optional(),
});

/** Saves how the account wishes to be written to. Without both ends there are no quiet hours. */
export const savePreferencesAction = formAction(
  ["patient"],
  preferencesForm,
  async (ctx, { email, sms, leads, leadMinutes, quietFrom, quietUntil, language }) => {
    const none = { from: "00:00", until: "00:00" };
    const saved = await putPreferences(ctx, {
      channels: { email, sms },
      leadMinutes: leads === "own" ? leadMinutes : null,
      quietHours: quietFrom && quietUntil ? { from: quietFrom, until: quietUntil } : none,
      language,
    });
    return saved.ok ? redirect("/profile?notice=saved") : saved;
  },
  { messages: "profile" },
);
