import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import { type PhoneOwner, patientsByPhone } from "@/lib/patients/patients-by-phone";
import { normalizePhone } from "@/lib/patients/phone";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { patientKey } from "@/lib/protection/patient-keys";
import { sealJson } from "@/lib/protection/seal";
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
        ...(await contentOf(tx, inboundId, owners[0], { sender: phone, body })),
      })} on conflict (provider_message_id) do nothing`;
    if (count === 0) return ok();
    if (meaning === "stop") await stop(tx, owners);
    if (meaning === "start") await start(tx, owners);
    await enqueue(tx, { topic: "message.received", payload: { inboundId } });
    return ok();
  });
}

/** A patient's words lie under the patient's key; those of a stranger as they came. */
async function contentOf(tx: Tx, id: string, owner: PhoneOwner | undefined, content: { sender: string; body: string }) {
  if (!owner) return content;
  const key = await patientKey(tx, owner.patientId);
  const place = { table: "inbound_messages", column: "content_sealed", rowId: id };
  return { key_id: key.id, content_sealed: sealJson(key, place, content) };
}

async function stop({ pg }: Tx, owners: PhoneOwner[]): Promise<void> {
  for (const { patientId } of owners)
    await pg`insert into channel_stops (patient_id, channel, reason) values (${patientId}, 'sms', 'stop') on conflict do nothing`;
}

async function start({ pg }: Tx, owners: PhoneOwner[]): Promise<void> {
  const ids = owners.map(({ patientId }) => patientId);
  await pg`delete from channel_stops where patient_id = any(${ids}::uuid[]) and channel = 'sms'`;
}
