"use server";

import { z } from "zod";
import { renewSession } from "@/lib/accounts/renew-session";
import { ok } from "@/lib/domain/result";
import { action } from "@/lib/platform/action";

/** Somebody is there: the idle time starts anew. Answers with the milliseconds that are left then, and at the most. */
export const renewSessionAction = action("signed_in", z.strictObject({}), async (ctx) => {
  const renewed = await renewSession(ctx);
  if (!renewed.ok) return renewed;
  const { endsAt, latestEnd } = renewed.value;
  return ok({ leftMs: endsAt.getTime() - ctx.now.getTime(), mostMs: latestEnd.getTime() - ctx.now.getTime() });
});
