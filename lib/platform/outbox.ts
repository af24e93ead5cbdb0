import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { outbox } from "@/db/schema";

/** What has happened, in the past tense. Payloads carry ids, so a queue or a log never holds patient data. */
export type OutboxEvent =
  | { topic: "appointment.booked"; payload: { appointmentId: string; version: number } }
  | { topic: "appointment.rescheduled"; payload: { appointmentId: string; version: number } }
  | { topic: "appointment.cancelled"; payload: { appointmentId: string; version: number } }
  | { topic: "appointment.confirmed"; payload: { appointmentId: string; version: number } }
  | { topic: "appointment.status_changed"; payload: { appointmentId: string; version: number } }
  /** A hold that keeps a time for those on the waiting list to whom it is offered. */
  | { topic: "appointment.offered"; payload: { appointmentId: string; version: number } }
  /** A doctor may be free then; instants are ISO 8601 with Z. */
  | { topic: "time.freed"; payload: { doctorId: string; from: string; to: string } }
  | { topic: "account.verification_requested"; payload: { userId: string } }
  | { topic: "account.already_registered"; payload: { userId: string } }
  | { topic: "account.password_reset_requested"; payload: { userId: string } }
  | { topic: "message.received"; payload: { inboundId: string } }
  | { topic: "account.invited"; payload: { userId: string } }
  | { topic: "account.preferences_changed"; payload: { userId: string } }
  | { topic: SecurityNotice; payload: { userId: string } };

/** What an account's owner is told of, as somebody else may have done it. */
export type SecurityNotice =
  | "account.new_sign_in"
  | "account.sign_ins_failed"
  | "account.password_changed"
  | "account.second_factor_changed"
  | "account.recovery_code_used"
  | "account.passkey_added";

export type Topic = OutboxEvent["topic"];

/** Writes an event in the transaction of the change it tells of. It takes only a `Tx`: no event exists without its change. */
export async function enqueue(tx: Tx, event: OutboxEvent, { availableAt }: { availableAt?: Date } = {}): Promise<void> {
  await tx.db.insert(outbox).values({ id: uuidv7(), ...event, availableAt });
}
