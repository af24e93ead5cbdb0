import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { type Channel, type MessageKind, type Owed, owe } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";

type Recipient = { userId: string | null; channel: Channel };
export type VisitEvent = { kind: MessageKind; appointmentId: string; version: number };

/**
 * Owes a visit's patient, and those who act for them, a message about one change of the visit; gives the ids of the messages of this
 * change that are still to be sent. Doing it twice owes nothing twice.
 */
export async function planVisitMessages(messenger: Messenger, event: VisitEvent): Promise<string[]> {
  const ctx = messengerContext(messenger);
  return withActor(ctx, async (tx) => {
    const [visit] = await tx.pg<Array<{ patientId: string }>>`
      select patient_id as "patientId" from appointments where id = ${event.appointmentId} and patient_id is not null`;
    if (!visit) return [];
    const rows = (await recipientsOf(tx, event, visit.patientId, ctx.now)).map(
      ({ userId, channel }): Owed => ({
        id: uuidv7(),
        kind: event.kind,
        channel,
        appointmentId: event.appointmentId,
        appointmentVersion: event.version,
        patientId: visit.patientId,
        userId,
        eventId: null,
        dueAt: ctx.now,
      }),
    );
    await owe(tx, rows);
    const waiting = await tx.pg<Array<{ id: string }>>`
      select id from notifications
      where appointment_id = ${event.appointmentId} and kind = ${event.kind} and appointment_version = ${event.version}
        and status = 'pending' and due_at <= ${ctx.now}
      order by id`;
    return waiting.map((row) => row.id);
  });
}

/**
 * The patient; the proxy who made this change or booked the visit; and every proxy where the patient has no address of their own, as
 * then nobody else would hear. Each by the channels that are possible and that they have not switched off.
 */
async function recipientsOf({ pg }: Tx, event: VisitEvent, patientId: string, now: Date): Promise<Recipient[]> {
  return pg<Recipient[]>`
    with self as (
      select p.user_id, coalesce(p.email, u.email) is not null as email, p.phone is not null as sms
      from patients p left join users u on u.id = p.user_id and u.disabled_at is null where p.id = ${patientId}
    ), proxies as (
      select distinct x.user_id, true as email, own.phone is not null as sms
      from patient_proxies x
      join users u on u.id = x.user_id and u.disabled_at is null
      left join patients own on own.user_id = x.user_id
      where x.patient_id = ${patientId} and x.revoked_at is null and (x.valid_until is null or x.valid_until > ${now})
        and (exists (select from self where not email and not sms)
          or x.user_id = (select created_by_user_id from appointments where id = ${event.appointmentId})
          or x.user_id in (select actor_user_id from appointment_events
            where appointment_id = ${event.appointmentId} and version = ${event.version}))
    ), everyone as (select * from self union all select * from proxies)
    select e.user_id as "userId", c.channel
    from everyone e cross join (values ('email'), ('sms')) as c (channel)
    left join notification_preferences f on f.user_id = e.user_id and f.channel = c.channel
    where (case c.channel when 'email' then e.email else e.sms end) and coalesce(f.enabled, true)`;
}
