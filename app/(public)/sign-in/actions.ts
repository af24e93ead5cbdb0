"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { HOME_PATH } from "@/lib/accounts/home-path";
import { signInInput } from "@/lib/accounts/schemas";
import { signIn } from "@/lib/accounts/sign-in";
import { signOut } from "@/lib/accounts/sign-out";
import { formAction } from "@/lib/platform/action";
import { sessionCookie, sessionCookieName, sessionCookieOptions } from "@/lib/platform/auth-cookie";
import { requestClient, sessionContext } from "@/lib/platform/request";
import { forgetNext, nextPath } from "../_account/after-sign-in";

const form = signInInput.omit({ otp: true }).extend({ next: z.string().max(2_000).optional() });

/** Signs in by the form and leads on to where the visitor was going. */
export const signInAction = formAction(
  "public",
  form,
  async (ctx, { next, ...credentials }) => {
    const signedIn = await signIn(ctx, credentials, await requestClient());
    if (!signedIn.ok) return signedIn;
    const { sessionId, userId, role } = signedIn.value;
    const path = await nextPath(next);
    (await cookies()).set(sessionCookieName(), await sessionCookie(ctx.db, sessionId, userId), sessionCookieOptions());
    await forgetNext();
    redirect(path === "/" ? HOME_PATH[role] : path);
  },
  { messages: "auth" },
);

/** Ends the session and its cookie. Takes nothing from the form: it can only end the sender's own. */
export async function signOutAction(): Promise<void> {
  await signOut(await sessionContext());
  (await cookies()).set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
  redirect("/sign-in?notice=signed_out");
}
