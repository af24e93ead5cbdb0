"use server";

import { redirect } from "next/navigation";
import { verifyEmailInput } from "@/lib/accounts/schemas";
import { verifyEmail } from "@/lib/accounts/verify-email";
import { formAction } from "@/lib/platform/action";

/** Takes the link as proof of the address; only the button does it, as mail scanners open links. */
export const verifyEmailAction = formAction(
  "public",
  verifyEmailInput,
  async (ctx, input) => {
    const verified = await verifyEmail(ctx, input);
    if (!verified.ok) return verified;
    redirect("/sign-in?notice=verified");
  },
  { messages: "auth" },
);
