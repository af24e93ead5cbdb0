"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { setNextVisitInput } from "@/lib/next-visits/schemas";
import { setNextVisit } from "@/lib/next-visits/set-next-visit";
import { formAction } from "@/lib/platform/action";

const { appointmentId, serviceId } = setNextVisitInput.shape;

/** Says when the patient should come again; the second button, that they need not. */
export const setNextVisitAction = formAction(
  ["doctor", "receptionist", "admin"],
  z.strictObject({
    appointmentId,
    serviceId,
    weeks: setNextVisitInput.shape.weeks.optional(),
    none: z.literal("yes").optional(),
  }),
  async (ctx, { weeks, none, ...input }) => {
    if (!none && typeof weeks !== "number")
      return { ok: false, code: "validation_failed", errors: [{ path: "weeks", message: "is needed" }] };
    const set = await setNextVisit(ctx, { ...input, weeks: none ? null : (weeks ?? null) });
    if (set.ok) refresh();
    return set;
  },
  { messages: "clinic.visit.nextVisit" },
);
