"use server";

import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { z } from "zod";
import { registerPatient } from "@/lib/accounts/register-patient";
import { registerPatientInput } from "@/lib/accounts/schemas";
import { formAction } from "@/lib/platform/action";
import { requestClient } from "@/lib/platform/request";
import { keepNext, nextPath } from "../_account/after-sign-in";

const form = registerPatientInput
  .omit({ locale: true, timeZone: true })
  .extend({ next: z.string().max(2_000).optional() });

/** Registers a patient; the page that follows is the same whether or not the address was known. */
export const registerAction = formAction(
  "public",
  form,
  async (ctx, { next, ...person }) => {
    const registered = await registerPatient(ctx, { ...person, locale: await getLocale() }, await requestClient());
    if (!registered.ok) return registered;
    await keepNext(await nextPath(next));
    redirect("/register/sent");
  },
  { messages: "auth" },
);
