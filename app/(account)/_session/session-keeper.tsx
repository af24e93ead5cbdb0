import { ClientMessages } from "@/components/shell/client-messages";
import type { Context } from "@/lib/platform/context";
import { liveSessionEnd } from "@/lib/platform/session";
import { RestoreDrafts } from "./restore-drafts";
import { SessionWarning } from "./session-warning";

/** The word before a session ends, and what was typed before it did. */
export async function SessionKeeper({ ctx }: { ctx: Context }) {
  if (ctx.actor.kind !== "user") return null;
  const end = await liveSessionEnd(ctx.actor.sessionId, ctx.now, ctx.db);
  if (!end) return null;
  const left = (instant: Date) => instant.getTime() - ctx.now.getTime();
  const { userId } = ctx.actor;
  return (
    <ClientMessages namespaces={["account.session"]}>
      <SessionWarning userId={userId} leftMs={left(end.endsAt)} mostMs={left(end.latestEnd)} />
      <RestoreDrafts userId={userId} />
    </ClientMessages>
  );
}
