"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/platform/action";
import { askErasure } from "@/lib/privacy/erasure-requests";
import { setConsentInput } from "@/lib/privacy/schemas";
import { setConsent } from "@/lib/privacy/set-consent";

const set = action(["patient"], setConsentInput, setConsent);
const ask = action(["patient"], z.strictObject({ patientId: z.uuid() }), askErasure);

const back = (form: FormData, done: string | null): never =>
  redirect(`/privacy?for=${encodeURIComponent(String(form.get("patientId")))}${done ? `&done=${done}` : ""}`);

/** Gives a consent or takes it back. */
export async function setConsentAction(form: FormData): Promise<void> {
  const given = form.get("given") === "true";
  const kind = form.get("kind");
  const saved = await set({ patientId: form.get("patientId"), kind, given });
  const word = kind === "privacy_notice" ? "read" : given ? "given" : "withdrawn";
  back(form, saved.ok ? word : null);
}

/** Asks the clinic to erase somebody; asking again changes nothing. */
export async function askErasureAction(form: FormData): Promise<void> {
  const asked = await ask({ patientId: form.get("patientId") });
  back(form, asked.ok ? "asked" : null);
}
