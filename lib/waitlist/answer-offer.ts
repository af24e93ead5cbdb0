import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import type { OFFER_STATUSES } from "@/db/schema";
import { type Refused, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { capabilitiesOf, judgeKeeping } from "./may-keep";

export type LockedOffer = {
  id: string;
  entryId: string;
  patientId: string;
  serviceId: string;
  earlierThanId: string | null;
  appointmentId: string | null;
  doctorId: string;
  locationId: string;
  startsAt: Date;
  endsAt: Date;
  status: (typeof OFFER_STATUSES)[number];
  expiresAt: Date;
};

/** Locks a wish and the round of one of its offers, in this order; undefined where there is none that the caller may change. */
export async function lockOffer({ pg }: Tx, id: string): Promise<LockedOffer | undefined> {
  await pg`select 1 from waitlist_entries where id = (select entry_id from waitlist_offers where id = ${id}) for no key update`;
  await pg`select lock_round(${id})`;
  const [offer] = await pg<LockedOffer[]>`
    select o.id, o.entry_id as "entryId", o.patient_id as "patientId", e.service_id as "serviceId", e.earlier_than_id as "earlierThanId",
      o.appointment_id as "appointmentId", o.doctor_id as "doctorId", o.location_id as "locationId", o.starts_at as "startsAt",
      o.ends_at as "endsAt", o.status, o.expires_at as "expiresAt"
    from waitlist_offers o join waitlist_entries e on e.id = o.entry_id where o.id = ${id}`;
  return offer;
}

/** An offer that the caller may answer, locked. */
export async function offerToAnswer(
  tx: Tx,
  ctx: Context,
  id: string,
): Promise<{ ok: true; value: LockedOffer } | Refused<"not_found" | "forbidden">> {
  const [seen] = await tx.pg<{ patientId: string }[]>`
    select patient_id as "patientId" from waitlist_offers where id = ${id}`;
  if (!seen) return refuse("not_found");
  const who = judgeKeeping(ctx, { ...seen, capabilities: await capabilitiesOf(tx, ctx, seen.patientId) });
  if (!who.ok) return who;
  const offer = await lockOffer(tx, id);
  return offer ? { ok: true, value: offer } : refuse("not_found");
}

/**
 * Ends an open offer that the caller has locked. Accepted, it ends those of the others, and its time is free for the visit in this transaction;
 * otherwise the last one of its round gives the time back, to be offered on.
 */
export async function answerOffer(
  { pg }: Tx,
  { now }: Context,
  { id }: LockedOffer,
  answer: Exclude<LockedOffer["status"], "open" | "taken">,
): Promise<void> {
  await pg`select answer_offer(${id}, ${answer}, ${now}, ${uuidv7()})`;
}
