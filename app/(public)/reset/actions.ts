"use server";

import { redirect } from "next/navigation";
import { confirmPasswordReset } from "@/lib/accounts/confirm-password-reset";
import { requestPasswordReset } from "@/lib/accounts/request-password-reset";
import { confirmPasswordResetInput, requestPasswordResetInput } from "@/lib/accounts/schemas";
import { formAction } from "@/lib/platform/action";

/** Has a link mailed; what follows is the same whether or not the address is known. */
export const requestResetAction = formAction(
  "public",
  requestPasswordResetInput,
  async (ctx, input) => {
    const requested = await requestPasswordReset(ctx, input);
    if (!requested.ok) return requested;
    redirect("/reset/sent");
  },
  { messages: "auth" },
);

/** Sets a new password by the mailed link. */
export const confirmResetAction = formAction(
  "public",
  confirmPasswordResetInput,
  async (ctx, input) => {
    const changed = await confirmPasswordReset(ctx, input);
    if (!changed.ok) return changed;
    redirect("/sign-in?notice=password");
  },
  { messages: "auth" },
);
