"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action, formAction } from "@/lib/platform/action";
import { dateField } from "@/lib/platform/fields";
import { grantAccess, revokeAccess } from "@/lib/records/grants";
import { grantAccessInput } from "@/lib/records/schemas";

/** Lets a doctor read the signed-in patient's records without a visit; until the end of a day, where one is named. */
export const grantAccessAction = formAction(
  ["patient"],
  grantAccessInput.omit({ patientId: true, validUntil: true }).extend({ validUntil: dateField.optional() }),
  async (ctx, { validUntil, ...input }) => {
    const granted = await grantAccess(ctx, {
      ...input,
      patientId: ctx.actor.patientId ?? "",
      validUntil: validUntil ? `${validUntil}T23:59:59Z` : null,
    });
    return granted.ok ? redirect("/records/doctors?done=allowed") : granted;
  },
  { messages: "records", stepUp: true },
);

const revoke = action(["patient"], z.strictObject({ id: z.uuid() }), (ctx, input) => revokeAccess(ctx, input));

/** Ends a grant; one that has ended already stays so. */
export async function revokeAccessAction(form: FormData): Promise<void> {
  await revoke({ id: form.get("id") });
  redirect("/records/doctors?done=ended");
}
