import type { Tx } from "@/db/client";
import type { Channel } from "./ledger";

/** Whom a message about a visit goes to, and how they wish to be reached. */
export type Recipient = {
  userId: string | null;
  channel: Channel;
  /** Their own clock's zone; the place's where they have named none. */
  timeZone: string;
  /** null: the service's own. */
  leadMinutes: number[] | null;
  /** "22:00:00"; null: the usual. */
  quietFrom: string | null;
  quietUntil: string | null;
};

type Occasion = { appointmentId: string; version: number };

/**
 * The patient; the proxy who made this change or booked the visit; and every proxy where the patient has no address of their own, as
 * then nobody else would hear. Each by the channels that are possible and that they have not switched off.
 */
export async function recipientsOf({ pg }: Tx, occasion: Occasion, patientId: string, now: Date): Promise<Recipient[]> {
  return pg<Recipient[]>`
    with self as (
      select p.user_id, (p.has_email or coalesce(p.email, u.email) is not null) as email, (p.has_phone or p.phone is not null) as sms, p.id as addressee,
        coalesce(p.time_zone, u.time_zone) as time_zone
      from patients p left join users u on u.id = p.user_id and u.disabled_at is null where p.id = ${patientId}
    ), proxies as (
      select distinct on (x.user_id) x.user_id, true as email, (own.has_phone or own.phone is not null) as sms, own.id as addressee,
        coalesce(own.time_zone, u.time_zone) as time_zone
      from patient_proxies x
      join users u on u.id = x.user_id and u.disabled_at is null
      left join patients own on own.user_id = x.user_id
      where x.patient_id = ${patientId} and x.revoked_at is null and (x.valid_until is null or x.valid_until > ${now})
        and (exists (select from self where not email and not sms)
          or x.user_id = (select created_by_user_id from appointments where id = ${occasion.appointmentId})
          or x.user_id in (select actor_user_id from appointment_events
            where appointment_id = ${occasion.appointmentId} and version = ${occasion.version}))
    ), everyone as (select * from self union all select * from proxies)
    select e.user_id as "userId", c.channel, f.lead_minutes as "leadMinutes", f.quiet_from as "quietFrom", f.quiet_until as "quietUntil",
      coalesce(e.time_zone, (select l.time_zone from appointments a join locations l on l.id = a.location_id
        where a.id = ${occasion.appointmentId})) as "timeZone"
    from everyone e cross join (values ('email'), ('sms')) as c (channel)
    left join notification_preferences f on f.user_id = e.user_id and f.channel = c.channel
    where (case c.channel when 'email' then e.email else e.sms end) and coalesce(f.enabled, true)
      and not exists (select from channel_stops s where s.patient_id = e.addressee and s.channel = c.channel)`;
}
