import { and, eq, gt } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { passkeyChallenges } from "@/db/schema";
import { asSystem, type Context } from "@/lib/platform/context";

export const CHALLENGE_SECONDS = 300;

/** Who asks for a passkey: the site's domain and the origins on which it may be used. */
export type RelyingParty = { id: string; origin: string };
export type Purpose = typeof passkeyChallenges.$inferSelect.purpose;
type Kept = { purpose: Purpose; userId: string | null };

/** Keeps what an authenticator is asked to sign; the id goes into the browser's cookie. */
export async function keepChallenge(ctx: Context, kept: Kept & { challenge: string }): Promise<string> {
  const id = uuidv7();
  const expiresAt = new Date(ctx.now.getTime() + CHALLENGE_SECONDS * 1000);
  await withActor(asSystem({ ...ctx, beforeCommit: undefined }, "accounts"), (tx) =>
    tx.db.insert(passkeyChallenges).values({ id, ...kept, expiresAt }),
  );
  return id;
}

/** The challenge of this browser; it is gone once it was asked for, whatever comes of it. */
export async function takeChallenge(ctx: Context, id: string | undefined, kept: Kept): Promise<string | null> {
  if (!id) return null;
  const [row] = await withActor(asSystem({ ...ctx, beforeCommit: undefined }, "accounts"), (tx) =>
    tx.db
      .delete(passkeyChallenges)
      .where(and(eq(passkeyChallenges.id, id), gt(passkeyChallenges.expiresAt, ctx.now)))
      .returning(),
  );
  return row && row.purpose === kept.purpose && row.userId === kept.userId ? row.challenge : null;
}
