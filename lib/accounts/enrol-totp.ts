import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { totpSecrets, users } from "@/db/schema";
import { clinicSettings } from "@/lib/clinic/settings";
import type { UserActor } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { openTotpSecret, sealTotpSecret } from "./seal-totp";
import { newTotpSecret, totpUri } from "./totp";
import type { TotpEnrolmentView } from "./views";

/** A secret that nobody has confirmed is of no use after so long. */
export const ENROLMENT_MS = 30 * 60_000;

async function viewOf(ctx: Context, { userId }: UserActor, secret: string): Promise<TotpEnrolmentView> {
  const [{ name }, [user]] = await Promise.all([
    clinicSettings(ctx.db),
    withActor(ctx, (tx) => tx.db.select({ email: users.email }).from(users).where(eq(users.id, userId))),
  ]);
  return { secret, uri: totpUri(secret, name, user?.email ?? "") };
}

/** Gives the caller's account a secret for an authenticator app. It counts once its first code has come back. */
export async function enrolTotp(ctx: Context): Promise<Result<TotpEnrolmentView, "forbidden" | "conflict">> {
  const { actor, now } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  const secret = newTotpSecret();
  const sealed = await sealTotpSecret(ctx.db, actor.userId, secret);
  const written = await withActor(asSystem(ctx, "accounts"), (tx) =>
    tx.db
      .insert(totpSecrets)
      .values({ userId: actor.userId, secret: sealed, createdAt: now })
      .onConflictDoUpdate({
        target: totpSecrets.userId,
        set: { secret: sealed, createdAt: now, lastStep: 0 },
        setWhere: sql`${totpSecrets.confirmedAt} is null`,
      })
      .returning({ userId: totpSecrets.userId }),
  );
  if (written.length === 0)
    return refuse("conflict", {
      detail: "An authenticator app is set up; remove it first.",
      data: { reason: "totp_exists" },
    });
  return ok(await viewOf(ctx, actor, secret));
}

/** The secret that waits for its first code, to be shown again; null where none does. */
export async function pendingTotp(ctx: Context): Promise<TotpEnrolmentView | null> {
  const { actor, now } = ctx;
  if (actor.kind !== "user") return null;
  const since = new Date(now.getTime() - ENROLMENT_MS);
  const [row] = await withActor(asSystem(ctx, "accounts"), (tx) =>
    tx.db
      .select({ secret: totpSecrets.secret })
      .from(totpSecrets)
      .where(
        and(eq(totpSecrets.userId, actor.userId), isNull(totpSecrets.confirmedAt), gt(totpSecrets.createdAt, since)),
      ),
  );
  return row ? viewOf(ctx, actor, await openTotpSecret(ctx.db, actor.userId, row.secret)) : null;
}
