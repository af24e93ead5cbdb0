"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formAction } from "@/lib/platform/action";
import { dateField, idField } from "@/lib/platform/fields";
import { joinWaitlist } from "@/lib/waitlist/join-waitlist";
import { leaveWaitlist } from "@/lib/waitlist/leave-waitlist";
import { offerByHand } from "@/lib/waitlist/offer-by-hand";
import { leaveReason, leaveWaitlistInput, offerByHandInput, partOfDay } from "@/lib/waitlist/schemas";

const DESK = ["receptionist", "admin"] as const;
const WORDS = { messages: "clinic.waitlist" };

/** Takes a wish off the list, and says why; what is offered for it is offered on. */
export const takeOffAction = formAction(
  DESK,
  leaveWaitlistInput.extend({ reason: leaveReason }),
  async (ctx, input) => {
    const left = await leaveWaitlist(ctx, input);
    return left.ok ? redirect("/waitlist?done=takenOff") : left;
  },
  WORDS,
);

/** Offers a free time to one who waits, whoever's turn it is. */
export const offerTimeAction = formAction(
  DESK,
  offerByHandInput,
  async (ctx, input) => {
    const offered = await offerByHand(ctx, input);
    return offered.ok ? redirect("/waitlist?done=offered") : offered;
  },
  WORDS,
);

/** Forms carry text only, and one doctor. */
const addInput = z
  .strictObject({
    ...{ patientId: idField, serviceId: idField, doctorId: idField.optional(), locationId: idField.optional() },
    ...{ from: dateField, to: dateField, partsOfDay: z.array(partOfDay).optional() },
    weekdays: z.array(z.coerce.number().int().min(1).max(7)).optional(),
  })
  .refine(({ from, to }) => from <= to, { error: "must not be before `from`", path: ["to"] });

/** Puts somebody on the list who has called. */
export const addToWaitlistAction = formAction(
  DESK,
  addInput,
  async (ctx, { doctorId, ...wish }) => {
    const joined = await joinWaitlist(ctx, { ...wish, ...(doctorId ? { doctorIds: [doctorId] } : {}) });
    return joined.ok ? redirect("/waitlist?done=added") : joined;
  },
  WORDS,
);
