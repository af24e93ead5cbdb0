import type { Tx } from "@/db/client";
import type { Next } from "./providers/provider";

/**
 * Writes to an address no more that does not exist or whose owner has told the provider to stop: the address of whoever one message went to,
 * by the message's channel. Other outcomes end nothing, and a stop that is there already stays as it is.
 */
export async function endAddress({ pg }: Tx, notificationId: string, next: Next): Promise<void> {
  if (next !== "suppress" && next !== "stop") return;
  await pg`
    insert into channel_stops (patient_id, channel, reason)
    select addressee.id, n.channel, ${next === "stop" ? "stop" : "bounced"}
    from notifications n
    join patients p on p.id = n.patient_id
    left join patients reader on reader.user_id = n.user_id
    join patients addressee on addressee.id = case when n.user_id is null or n.user_id = p.user_id then p.id else reader.id end
    where n.id = ${notificationId}
    on conflict do nothing`;
}
