import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import { type PhoneOwner, patientsByPhone } from "@/lib/patients/patients-by-phone";
import { normalizePhone } from "@/lib/patients/phone";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { sealInbound } from "./inbound-content";
import { readAnswer } from "./read-answer";

export type IncomingSms = { id: string; from: string; body: string };

/**
 * Takes what somebody answered. STOP and START count at once, for that number and this channel; what else is to be done is the worker's.
 * A message that comes twice is taken once.
 */
export async function receiveSms(ctx: Context, { id, from, body }: IncomingSms): Promise<Result<undefined, never>> {
  const phone = normalizePhone(from, null) ?? from;
  const meaning = readAnswer(body);
  return withActor(asSystem(ctx, "answers"), async (tx) => {
    const owners = await patientsByPhone(tx, phone);
    const inboundId = uuidv7();
    const { count } = await tx.pg`
      insert into inbound_messages ${tx.pg({
        ...{
          id: inboundId,
          provider_message_id: id,
          patient_id: owners[0]?.patientId ?? null,
          meaning,
          received_at: ctx.now,
        },
        ...(await sealInbound(tx, inboundId, owners[0]?.patientId ?? null, { sender: phone, body })),
      })} on conflict (provider_message_id) do nothing`;
    if (count === 0) return ok();
    if (meaning === "stop") await stop(tx, owners);
    if (meaning === "start") await start(tx, owners);
    await enqueue(tx, { topic: "message.received", payload: { inboundId } });
    return ok();
  });
}

async function stop({ pg }: Tx, owners: PhoneOwner[]): Promise<void> {
  for (const { patientId } of owners)
    await pg`insert into channel_stops (patient_id, channel, reason) values (${patientId}, 'sms', 'stop') on conflict do nothing`;
}

async function start({ pg }: Tx, owners: PhoneOwner[]): Promise<void> {
  const ids = owners.map(({ patientId }) => patientId);
  await pg`delete from channel_stops where patient_id = any(${ids}::uuid[]) and channel = 'sms'`;
}
