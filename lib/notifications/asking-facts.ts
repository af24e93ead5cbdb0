import type { Tx } from "@/db/client";
import { isBookedSince } from "@/lib/next-visits/is-booked";
import { isStillAway, recallConsent } from "@/lib/recalls/still-away";
import type { Claim, MessageKind } from "./ledger";

/** What a message that asks somebody to come again is about, as it is right now. */
export type Asking = {
  patientId: string;
  serviceId: string;
  /** null: any. */
  doctorId: string | null;
  /** The day for which they should come; null: any. */
  wishedOn: string | null;
  /** Whether patients find times for it by themselves. */
  isBookable: boolean;
  /** Why it is not wanted by now. */
  obstacle: string | null;
};

const NEXT_VISIT = "appointment.next_visit_due";
const RECALL = "appointment.recall_due";

/** Whether a message asks its reader to book a visit that nobody has booked. */
export const isAsking = (kind: MessageKind): boolean => kind === NEXT_VISIT || kind === RECALL;

/** A step names what asked, so that each asks once: `weeks_12`, and of a recall `<its id>_1`, the first time. */
export const nextVisitStep = (weeks: number) => `weeks_${weeks}`;
export const recallStep = (recallId: string, time: number) => `${recallId}_${time}`;

/** By the messages' ids; nothing of those that ask nothing, or whose wish or list is gone. */
export async function askingFacts(tx: Tx, claims: readonly Claim[]): Promise<Map<string, Asking>> {
  const nextVisits = claims.filter(({ kind }) => kind === NEXT_VISIT);
  const recalls = claims.filter(({ kind }) => kind === RECALL);
  const found = [
    ...(nextVisits.length > 0 ? await ofNextVisits(tx, nextVisits) : []),
    ...(recalls.length > 0 ? await ofRecalls(tx, recalls) : []),
  ];
  return new Map(found.map(({ claimId, ...asking }) => [claimId, asking]));
}

type Row = Asking & { claimId: string };

async function ofNextVisits({ pg }: Tx, claims: readonly Claim[]): Promise<Row[]> {
  return pg<Row[]>`
    select c.id as "claimId", v.patient_id as "patientId", s.id as "serviceId", w.wished_on::text as "wishedOn", s.active and s.self_bookable as "isBookable",
      (select d.id from doctors d join doctor_services t on t.doctor_id = d.id where d.id = v.doctor_id and d.active and t.service_id = s.id) as "doctorId",
      case when c.step is distinct from 'weeks_' || w.weeks then 'superseded' when v.status <> 'fulfilled' then 'not_attended'
        when ${isBookedSince(pg)} then 'booked' end as obstacle
    from unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ appointmentId }) => appointmentId)}::uuid[],
      ${claims.map(({ step }) => step)}::text[]) as c (id, appointment_id, step)
    join next_visits w on w.appointment_id = c.appointment_id join appointments v on v.id = w.appointment_id join services s on s.id = w.service_id`;
}

async function ofRecalls({ pg }: Tx, claims: readonly Claim[]): Promise<Row[]> {
  return pg<Row[]>`
    select c.id as "claimId", r.patient_id as "patientId", s.id as "serviceId", null as "wishedOn", s.active and s.self_bookable as "isBookable", null as "doctorId",
      case when not l.active then 'superseded' when ${recallConsent(pg)} is not true then 'no_consent' when not ${isStillAway(pg)} then 'booked' end as obstacle
    from unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ appointmentId }) => appointmentId)}::uuid[],
      ${claims.map(({ step }) => step.split("_")[0] ?? "")}::uuid[]) as c (id, appointment_id, recall_id)
    join recall_patients r on r.recall_id = c.recall_id and r.last_visit_id = c.appointment_id
    join recalls l on l.id = r.recall_id join services s on s.id = l.service_id`;
}

/** Where they find a time, as far as it is known already; where they do not by themselves, how to reach the clinic. */
export function askingUrl(appUrl: string, asking: Asking, isForAnother: boolean, now: Date): string {
  if (!asking.isBookable) return `${appUrl}/help`;
  const { serviceId, patientId, doctorId, wishedOn } = asking;
  const answers = [
    ["service", serviceId],
    ...(isForAnother ? [["for", patientId]] : []),
    ...(doctorId ? [["doctor", doctorId]] : []),
    ...(wishedOn ? [["from", weekBefore(wishedOn, now)]] : []),
  ];
  return `${appUrl}/find?${new URLSearchParams(answers as [string, string][])}`;
}

/** Times are shown from a week before the day on, though not from the past. */
function weekBefore(date: string, now: Date): string {
  const from = Math.max(Date.parse(`${date}T00:00:00Z`) - 7 * 86_400_000, now.getTime());
  return new Date(from).toISOString().slice(0, 10);
}
