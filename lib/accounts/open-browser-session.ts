import { withActor } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { asSystem, type Context } from "@/lib/platform/context";
import type { ClientInfo } from "@/lib/platform/request-info";
import type { Account } from "./check-credentials";
import { startSession } from "./start-session";

export type SignedIn = { userId: string; role: Role; sessionId: string; expiresAt: Date };

/** A browser's session for an account that has proved who it is; its id goes into the cookie. */
export async function openBrowserSession(ctx: Context, account: Account, from: ClientInfo): Promise<SignedIn> {
  const session = await withActor(asSystem(ctx, "accounts"), (tx) =>
    startSession(tx, account, "browser", from, ctx.now),
  );
  return { userId: account.id, role: account.role, ...session };
}
