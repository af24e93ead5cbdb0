"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { renewSession } from "@/lib/accounts/renew-session";
import { ok } from "@/lib/domain/result";
import { action } from "@/lib/platform/action";
import { sessionCookie, sessionCookieName, sessionCookieOptions } from "@/lib/platform/auth-cookie";

/** Stays signed in: a longer session and a new cookie. Answers with the milliseconds that are left then. */
export const renewSessionAction = action("signed_in", z.strictObject({}), async (ctx) => {
  const renewed = await renewSession(ctx);
  if (!renewed.ok) return renewed;
  const { sessionId, userId } = ctx.actor;
  (await cookies()).set(sessionCookieName(), await sessionCookie(ctx.db, sessionId, userId), sessionCookieOptions());
  return ok({ leftMs: renewed.value.expiresAt.getTime() - ctx.now.getTime() });
});
