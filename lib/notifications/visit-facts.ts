import type { Tx } from "@/db/client";
import { quietAround } from "@/lib/domain/reminders";
import { type Identifiers, NO_IDENTIFIERS, openIdentifiers, type SealedRow } from "@/lib/protection/identifiers";
import { type Asking, askingFacts, isAsking } from "./asking-facts";
import type { Channel, Claim } from "./ledger";
import { quietHoursOf } from "./quiet-hours";

/** What a message about a visit may tell, as it is right now. Reason, service and specialty are not among it. */
export type VisitFacts = {
  /** Where this message goes: an address or an E.164 number; null where there is none any more. */
  address: string | null;
  locale: string;
  /** Given name of the patient where somebody else gets the message; null where it is their own. */
  onBehalfOf: string | null;
  /** Given name of the patient. */
  patientName: string;
  appointmentId: string;
  reference: string;
  status: string;
  version: number;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  modality: "in_person" | "video" | "phone";
  doctorName: string;
  locationName: string;
  locationAddress: string | null;
  locationPhone: string | null;
  confirmedAt: Date | null;
  /** Of what is only held: until when. */
  holdExpiresAt: Date | null;
  /** Of what the waiting list offers: the patient's offer, while it is open. */
  offerId: string | null;
  /** A later change has its own message. */
  isSuperseded: boolean;
  /** The reader has switched the channel off, or answered STOP, or the address does not exist. */
  isSwitchedOff: boolean;
  /** A later reminder of the same visit is due as well, or has gone already. */
  isPassedOver: boolean;
  readerZone: string;
  quietFrom: string | null;
  quietUntil: string | null;
  /** Of what asks its reader to come again; null where nobody asks any more. */
  asking: Asking | null;
};

/** Reads what messages about visits may tell, by id; nothing where the visit is gone or the reader may no longer hear of it. */
export async function visitFacts(tx: Tx, claims: readonly Claim[], now: Date): Promise<Map<string, VisitFacts>> {
  if (claims.length === 0) return new Map();
  const rows = await tx.pg<(Omit<VisitFacts, "address" | "asking"> & Addressee & { claimId: string })[]>`
    select c.id as "claimId", c.channel, own.is_own as "isOwn", reader.email as "accountEmail",
      addressee.id as "addresseeId", addressee.contact_sealed as "contactSealed", k.id as "keyId", k.kek_id as "kekId", k.wrapped,
      addressee.email as "plainEmail", addressee.phone as "plainPhone",
      coalesce(reader.locale, p.locale) as locale,
      case when own.is_own then null else p.given_name end as "onBehalfOf", p.given_name as "patientName",
      d.id as "appointmentId", d.reference, d.status, d.version, d.starts_at as "startsAt", d.ends_at as "endsAt", d.time_zone as "timeZone",
      d.modality, d.doctor_name as "doctorName", d.location_name as "locationName", d.location_address as "locationAddress",
      d.location_phone as "locationPhone",
      exists (select from appointment_events e where e.appointment_id = d.id and e.version > c.version
        and e.type in ('appointment.rescheduled', 'appointment.cancelled')) as "isSuperseded",
      d.confirmed_at as "confirmedAt", d.hold_expires_at as "holdExpiresAt",
      case when c.kind = 'appointment.offered' then (select o.id from waitlist_offers o
        where o.appointment_id = d.id and o.patient_id = p.id and o.status = 'open') end as "offerId",
      f.enabled is false or exists (select from channel_stops s where s.channel = c.channel and s.patient_id = addressee.id) as "isSwitchedOff",
      c.kind = 'appointment.reminder' and exists (select from notifications n where n.appointment_id = d.id and n.kind = c.kind
        and n.channel = c.channel and n.user_id is not distinct from c.user_id and n.status in ('pending', 'queued', 'sending', 'sent', 'delivered')
        and n.appointment_version = c.version and n.due_at <= ${now} and n.id > c.id) as "isPassedOver",
      coalesce(case when own.is_own then p.time_zone else reader_patient.time_zone end, reader.time_zone, d.time_zone) as "readerZone",
      f.quiet_from as "quietFrom", f.quiet_until as "quietUntil"
    from unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ appointmentId }) => appointmentId)}::uuid[],
      ${claims.map(({ appointmentVersion }) => appointmentVersion)}::int[], ${claims.map(({ kind }) => kind)}::text[],
      ${claims.map(({ channel }) => channel)}::text[], ${claims.map(({ userId }) => userId)}::uuid[],
      ${claims.map(({ patientId }) => patientId)}::uuid[])
      as c (id, appointment_id, version, kind, channel, user_id, patient_id)
    join appointment_details d on d.id = c.appointment_id
    -- What is offered is held for several.
    join patients p on p.id = case when c.kind = 'appointment.offered' then c.patient_id else d.patient_id end
    cross join lateral (select c.user_id is not distinct from p.user_id as is_own) own
    left join users reader on reader.id = c.user_id and reader.disabled_at is null
    left join patients reader_patient on reader_patient.user_id = reader.id
    left join patients addressee on addressee.id = case when own.is_own then p.id else reader_patient.id end
    left join data_keys k on k.id = addressee.key_id
    left join notification_preferences f on f.user_id = c.user_id and f.channel = c.channel
    where (own.is_own or exists (select from patient_proxies x where x.patient_id = p.id and x.user_id = reader.id
        and x.revoked_at is null and (x.valid_until is null or x.valid_until > ${now})))`;
  const asking = await askingFacts(tx, claims);
  const facts = rows.map(async (row) => {
    const { claimId, channel, addresseeId, isOwn, accountEmail, contactSealed, keyId, kekId, wrapped, ...told } = row;
    const { plainEmail, plainPhone, ...visit } = told;
    const sealed = { contactSealed, keyId, kekId, wrapped, plainEmail, plainPhone, ...PLAIN_UNREAD };
    const known = addresseeId ? await openIdentifiers(addresseeId, sealed) : NO_IDENTIFIERS;
    const address = addressOf(channel, { isOwn, accountEmail }, known);
    return [claimId, { ...visit, address, asking: asking.get(claimId) ?? null }] as const;
  });
  return new Map(await Promise.all(facts));
}

/** What a message never tells of a row that waits to be sealed. */
const PLAIN_UNREAD = { plainRecordNumber: null, plainAddress: null, plainExternalId: null };

/** The patient who is told, be it for somebody else, and the address of their account. */
type Addressee = { channel: Channel; addresseeId: string | null; isOwn: boolean; accountEmail: string | null } & Omit<
  SealedRow,
  keyof typeof PLAIN_UNREAD
>;

/** One's own messages go where one's file says, else to the account; those about others to the account. */
function addressOf(
  channel: Channel,
  { isOwn, accountEmail }: Pick<Addressee, "isOwn" | "accountEmail">,
  { email, phone }: Pick<Identifiers, "email" | "phone">,
) {
  if (channel === "sms") return phone;
  return isOwn ? (email ?? accountEmail) : accountEmail;
}

/** Why a message about this visit must not go out any more; undefined where it is true and wanted. */
export function whyStale(claim: Claim, facts: VisitFacts | undefined, now: Date): string | undefined {
  // The hold of an offer goes with it.
  if (!facts) return claim.kind === "appointment.offered" ? "answered" : "no_recipient";
  if (!facts.address) return "no_address";
  if (facts.isSwitchedOff) return "switched_off";
  if (claim.kind === "appointment.reminder") return whyNoReminder(facts, now);
  if (isAsking(claim.kind)) return facts.asking ? (facts.asking.obstacle ?? undefined) : "superseded";
  if (facts.isSuperseded) return "superseded";
  if (claim.kind === "appointment.follow_up") return facts.status === "fulfilled" ? undefined : "not_attended";
  if (claim.kind === "appointment.offered") return whyNoOffer(facts, now);
  const isCancelled = facts.status === "cancelled";
  if (isCancelled !== (claim.kind === "appointment.cancelled")) return "superseded";
  // What is written down after the fact, as by an import, is no news.
  if (facts.startsAt <= now) return "past";
  return undefined;
}

function whyNoOffer({ offerId, holdExpiresAt }: VisitFacts, now: Date) {
  if (!offerId) return "answered";
  return holdExpiresAt && holdExpiresAt > now ? undefined : "past";
}

/** A reminder in the last minutes finds its reader on the way. */
const TOO_LATE_MS = 10 * 60_000;

function whyNoReminder({ status, isSuperseded, confirmedAt, isPassedOver, startsAt }: VisitFacts, now: Date) {
  if (status === "cancelled") return "cancelled";
  if (isSuperseded) return "superseded";
  if (confirmedAt) return "confirmed";
  if (startsAt.getTime() - now.getTime() < TOO_LATE_MS) return "past";
  if (status !== "booked") return "arrived";
  return isPassedOver ? "passed_over" : undefined;
}

/** When the quiet hours of its reader are over, in which this message must wait; undefined where it need not. */
export function quietUntilFor(claim: Claim, facts: VisitFacts, now: Date): Date | undefined {
  if (claim.kind !== "appointment.reminder" && claim.kind !== "appointment.follow_up" && !isAsking(claim.kind))
    return undefined;
  const hours = quietAround(now.getTime() / 1_000, facts.readerZone, quietHoursOf(facts));
  return hours ? new Date(hours.end * 1_000) : undefined;
}
