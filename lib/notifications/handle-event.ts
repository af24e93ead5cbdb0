import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { type Tx, withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";
import { freedByVisit } from "@/lib/waitlist/freed-by-visit";
import { offerFreedTime } from "@/lib/waitlist/offer-freed-time";
import { deliverMessages } from "./deliver-messages";
import { handleAnswer } from "./handle-answer";
import { type MessageKind, owe } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";
import { planOfferMessages } from "./plan-offer-messages";
import { planFollowUp, replanFor, withdrawReminders } from "./plan-reminders";
import { planVisitMessages } from "./plan-visit-messages";

/** An event as it leaves the outbox; `id` is the outbox row's. */
export type IncomingEvent = { id: string; topic: string; payload: unknown };

/** An event that no number of tries will make right. */
export class PoisonEvent extends Error {
  override name = "PoisonEvent";
}

const visitPayload = z.object({ appointmentId: z.guid(), version: z.int().min(1) });
type VisitPayload = z.infer<typeof visitPayload>;
const accountPayload = z.object({ userId: z.guid() });

/** Versions before wrote one; such a message may still wait on the broker. */
const duePayload = z.union([
  z.object({ notificationIds: z.array(z.guid()).min(1).max(100) }),
  z.object({ notificationId: z.guid() }).transform(({ notificationId }) => ({ notificationIds: [notificationId] })),
]);

const instant = z.iso.datetime().transform((text) => new Date(text));
const timePayload = z.object({ doctorId: z.guid(), from: instant, to: instant });

const answerPayload = z.object({ inboundId: z.guid() });

type Handler = (messenger: Messenger, event: IncomingEvent) => Promise<void>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  "appointment.booked": visitChanged("appointment.booked"),
  "appointment.rescheduled": both(visitChanged("appointment.rescheduled"), visitFreedTime),
  "appointment.cancelled": both(visitChanged("appointment.cancelled"), visitFreedTime),
  "appointment.offered": roundMade,
  "time.freed": timeFreed,
  "appointment.confirmed": visitSettled(async (tx, { appointmentId }, now) =>
    withdrawReminders(tx, appointmentId, "confirmed", now),
  ),
  "appointment.status_changed": visitSettled(planFollowUp),
  /** Not of the outbox: the time of some messages has come. */
  "notification.due": async (messenger, event) => {
    await deliverMessages(messenger, payloadOf(duePayload, event).notificationIds);
  },
  "message.received": (messenger, event) => handleAnswer(messenger, payloadOf(answerPayload, event).inboundId),
  "account.preferences_changed": wishesChanged,
  "account.verification_requested": accountAsked("account.verification_requested"),
  "account.already_registered": accountAsked("account.already_registered"),
  "account.password_reset_requested": accountAsked("account.password_reset_requested"),
  "account.invited": accountAsked("account.invited"),
  "account.new_sign_in": accountAsked("account.new_sign_in"),
  "account.sign_ins_failed": accountAsked("account.sign_ins_failed"),
  "account.password_changed": accountAsked("account.password_changed"),
  "account.second_factor_changed": accountAsked("account.second_factor_changed"),
  "account.recovery_code_used": accountAsked("account.recovery_code_used"),
  "account.passkey_added": accountAsked("account.passkey_added"),
};

/**
 * Does what an event asks for; safe to do twice. Throws `PoisonEvent` for one that can never be handled, and what the database throws.
 * A message that cannot be sent now is not the event's fault: it stays in the ledger with a later due time.
 */
export async function handleEvent(messenger: Messenger, event: IncomingEvent): Promise<void> {
  const handler = Object.hasOwn(HANDLERS, event.topic) ? HANDLERS[event.topic] : undefined;
  if (!handler) throw new PoisonEvent("unknown topic");
  await handler(messenger, event);
}

function payloadOf<T>(schema: z.ZodType<T>, event: IncomingEvent): T {
  const parsed = schema.safeParse(event.payload);
  if (!parsed.success) throw new PoisonEvent("payload does not fit its topic");
  return parsed.data;
}

function visitChanged(kind: MessageKind): Handler {
  return async (messenger, event) => {
    const ids = await planVisitMessages(messenger, { kind, ...payloadOf(visitPayload, event) });
    await deliverMessages(messenger, ids);
  };
}

/** Those to whom one time is offered. */
async function roundMade(messenger: Messenger, event: IncomingEvent): Promise<void> {
  await deliverMessages(messenger, await planOfferMessages(messenger, payloadOf(visitPayload, event)));
}

/** One after the other; each is safe to do twice. */
function both(first: Handler, second: Handler): Handler {
  return async (messenger, event) => {
    await first(messenger, event);
    await second(messenger, event);
  };
}

/** What a visit has left free is offered on. */
async function visitFreedTime(messenger: Messenger, event: IncomingEvent): Promise<void> {
  const ctx = systemContext(messenger.db, "waitlist", messenger.clock());
  const time = await freedByVisit(ctx, payloadOf(visitPayload, event));
  if (time) await offerFreedTime(ctx, time);
}

async function timeFreed(messenger: Messenger, event: IncomingEvent): Promise<void> {
  await offerFreedTime(systemContext(messenger.db, "waitlist", messenger.clock()), payloadOf(timePayload, event));
}

/** A change that nobody is told of at once; what is planned follows it. */
function visitSettled(settle: (tx: Tx, visit: VisitPayload, now: Date) => Promise<void>): Handler {
  return async (messenger, event) => {
    const visit = payloadOf(visitPayload, event);
    const ctx = messengerContext(messenger);
    await withActor(ctx, (tx) => settle(tx, visit, ctx.now));
  };
}

async function wishesChanged(messenger: Messenger, event: IncomingEvent): Promise<void> {
  const { userId } = payloadOf(accountPayload, event);
  const ctx = messengerContext(messenger);
  await withActor(ctx, (tx) => replanFor(tx, userId, ctx.now));
}

function accountAsked(kind: MessageKind): Handler {
  return async (messenger, event) => {
    const { userId } = payloadOf(accountPayload, event);
    const eventId = z.guid().safeParse(event.id).data;
    if (!eventId) throw new PoisonEvent("event without an id");
    const ctx = messengerContext(messenger);
    const ids = await withActor(ctx, async (tx) => {
      const [user] = await tx.pg`select id from users where id = ${userId}`;
      if (!user) return [];
      const blank = { appointmentId: null, appointmentVersion: null, patientId: null };
      await owe(tx, [{ id: uuidv7(), kind, step: "now", channel: "email", ...blank, userId, eventId, dueAt: ctx.now }]);
      const rows = await tx.pg<Array<{ id: string }>>`
        select id from notifications where user_id = ${userId} and event_id = ${eventId} and status = 'pending' and due_at <= ${ctx.now}`;
      return rows.map((row) => row.id);
    });
    await deliverMessages(messenger, ids);
  };
}
