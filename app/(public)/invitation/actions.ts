"use server";

import { redirect } from "next/navigation";
import { acceptInvitation } from "@/lib/accounts/accept-invitation";
import { acceptInvitationInput } from "@/lib/accounts/schemas";
import { formAction } from "@/lib/platform/action";

/** Sets the first password of an invited account. */
export const acceptInvitationAction = formAction(
  "public",
  acceptInvitationInput,
  async (ctx, input) => {
    const accepted = await acceptInvitation(ctx, input);
    if (!accepted.ok) return accepted;
    redirect("/sign-in?notice=welcome");
  },
  { messages: "auth" },
);
