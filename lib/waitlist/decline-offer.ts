import { withActor } from "@/db/client";
import { withRetries } from "@/lib/appointments/with-retries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { answerOffer, offerToAnswer } from "./answer-offer";
import type { WaitlistIdInput } from "./schemas";

type Refusal = "unauthenticated" | "not_found" | "forbidden" | "invalid_transition";

/** Lets an offered time go; the wish keeps waiting, and the next in turn is asked. Twice is once. */
export function declineOffer(ctx: Context, { id }: WaitlistIdInput): Promise<Result<undefined, Refusal>> {
  return withRetries(() =>
    withActor(ctx, async (tx) => {
      if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
      const found = await offerToAnswer(tx, ctx, id);
      if (!found.ok) return found;
      const offer = found.value;
      if (offer.status === "accepted")
        return refuse("invalid_transition", { detail: "This offer was accepted.", data: { from: offer.status } });
      if (offer.status === "open") await answerOffer(tx, ctx, offer, "declined");
      return ok();
    }),
  );
}
