import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/logger";
import { endAddress } from "./end-address";
import type { Next } from "./providers/provider";

/** What a provider tells later of a short message. `means`: what that says of the number, where it says anything. */
export type DeliveryNews = {
  notificationId: string;
  status: "delivered" | "failed";
  errorClass?: string;
  means?: Next | undefined;
};

/**
 * Writes down whether a short message arrived. Calls come twice and in any order: what has arrived stays so, whatever is said after it, and
 * a failure counts only of what was sent. One about a message that we do not know changes nothing.
 */
export async function noteDelivery(ctx: Context, news: DeliveryNews): Promise<Result<undefined, never>> {
  const { notificationId: id, status, errorClass = "not_delivered", means } = news;
  return withActor(asSystem(ctx, "answers"), async (tx) => {
    if (status === "delivered") {
      await tx.pg`
        update notifications set status = 'delivered', delivered_at = ${ctx.now}, sent_at = coalesce(sent_at, ${ctx.now}), error_class = null,
          updated_at = ${ctx.now}
        where id = ${id} and channel = 'sms' and (status in ('sent', 'sending') or (status = 'failed' and sent_at is not null))`;
      return ok();
    }
    const { count } = await tx.pg`
      update notifications set status = 'failed', error_class = ${errorClass}, sent_at = coalesce(sent_at, ${ctx.now}), updated_at = ${ctx.now}
      where id = ${id} and channel = 'sms' and status in ('sent', 'sending')`;
    if (count === 0) return ok();
    log.warn("message not delivered", { notificationId: id, channel: "sms", errorClass });
    if (means) await endAddress(tx, id, means);
    return ok();
  });
}
