import { withActor } from "@/db/client";
import { withRetries } from "@/lib/appointments/with-retries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { answerOffer, lockOffer } from "./answer-offer";
import { capabilitiesOf, judgeKeeping } from "./may-keep";
import type { LeaveWaitlistInput } from "./schemas";

/** Takes a wish off the waiting list, where the clinic does it with a reason; what is offered for it is offered on. One that has ended stays as it is. */
export function leaveWaitlist(
  ctx: Context,
  { id, reason }: LeaveWaitlistInput,
): Promise<Result<undefined, "unauthenticated" | "not_found" | "forbidden">> {
  return withRetries(() =>
    withActor(ctx, async (tx) => {
      if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
      const [seen] = await tx.pg<{ patientId: string }[]>`
        select patient_id as "patientId" from waitlist_entries where id = ${id}`;
      if (!seen) return refuse("not_found");
      const who = judgeKeeping(ctx, { ...seen, capabilities: await capabilitiesOf(tx, ctx, seen.patientId) });
      if (!who.ok) return who;
      await tx.pg`
        update waitlist_entries set status = 'left', leave_reason = ${reason ?? null}, ended_at = ${ctx.now}, updated_at = ${ctx.now}, version = version + 1
        where id = ${id} and status = 'waiting'`;
      const [open] = await tx.pg<
        { id: string }[]
      >`select id from waitlist_offers where entry_id = ${id} and status = 'open'`;
      const offer = open && (await lockOffer(tx, open.id));
      if (offer?.status === "open") await answerOffer(tx, ctx, offer, "withdrawn");
      return ok();
    }),
  );
}
