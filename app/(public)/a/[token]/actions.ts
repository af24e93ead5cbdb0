"use server";

import { redirect } from "next/navigation";
import { linkInput, useLink } from "@/lib/notifications/use-link";
import { formAction } from "@/lib/platform/action";

/** Does what a message's link is for; only the button does it, as mail scanners open links. */
export const useLinkAction = formAction(
  "public",
  linkInput,
  async (ctx, input) => {
    const done = await useLink(ctx, input);
    return done.ok ? redirect(`/a/${input.token}`) : done;
  },
  { messages: "link" },
);
