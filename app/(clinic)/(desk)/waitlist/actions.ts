"use server";

import { refresh } from "next/cache";
import { formAction } from "@/lib/platform/action";
import { leaveWaitlist } from "@/lib/waitlist/leave-waitlist";
import { waitlistIdInput } from "@/lib/waitlist/schemas";

/** Takes a wish off the list for who has called; what is offered for it is offered on. */
export const takeOffAction = formAction(["receptionist", "admin"], waitlistIdInput, async (ctx, input) => {
  const left = await leaveWaitlist(ctx, input);
  if (left.ok) refresh();
  return left;
});
