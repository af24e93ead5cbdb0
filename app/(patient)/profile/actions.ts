"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { updateContactBody } from "@/lib/patients/schemas";
import { updatePatient } from "@/lib/patients/update-patient";
import { formAction } from "@/lib/platform/action";
import { secureCookies } from "@/lib/platform/auth-cookie";
import { localeCookie } from "@/lib/platform/messages";

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
