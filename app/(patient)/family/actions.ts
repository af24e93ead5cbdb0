"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { addChild } from "@/lib/patients/add-child";
import { grantProxy } from "@/lib/patients/grant-proxy";
import { revokeProxy } from "@/lib/patients/revoke-proxy";
import { addChildInput, grantProxyInput } from "@/lib/patients/schemas";
import { action, formAction } from "@/lib/platform/action";

/** Adds a child to the account, with the right to do everything for it until it is of age. */
export const addChildAction = formAction(
  ["patient"],
  addChildInput.omit({ sex: true }),
  async (ctx, input) => {
    const child = await addChild(ctx, input);
    if (!child.ok) return child;
    redirect(`/family?notice=child&for=${child.value.id}`);
  },
  { messages: "family" },
);

const grantForm = grantProxyInput
  .omit({ patientId: true, validUntil: true, capabilities: true })
  .extend({ capabilities: z.array(z.enum(["book", "cancel"])).default([]) });

/** Lets another account act for the signed-in patient; it may always see the visits. */
export const grantProxyAction = formAction(
  ["patient"],
  grantForm,
  async (ctx, { capabilities, ...input }) => {
    const patientId = ctx.actor.patientId ?? "";
    const granted = await grantProxy(ctx, { ...input, patientId, capabilities: ["view", ...capabilities] });
    if (!granted.ok) return granted;
    redirect("/family?notice=allowed");
  },
  { messages: "family" },
);

const revoke = action(["patient"], z.strictObject({ id: z.uuid() }), (ctx, input) => revokeProxy(ctx, input));

/** Ends a permission; one that has ended already stays so. */
export async function revokeProxyAction(form: FormData): Promise<void> {
  await revoke({ id: form.get("id") });
  redirect("/family?notice=ended");
}
