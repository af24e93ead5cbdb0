import type { Tx } from "@/db/client";
import { isStillAway, recallConsent } from "./still-away";

/** Somebody on a recall list whose turn it is. */
export type DueRecall = {
  recallId: string;
  patientId: string;
  lastVisitId: string;
  askedCount: number;
  /** They have agreed, neither come nor booked since the last look, and no other list has asked them lately. */
  isWanted: boolean;
  /** Nine in the morning where they are, where it is night or evening there now. */
  waitUntil: Date | null;
};

/** So many messages a minute at the most, over all workers. */
const RECALLS_PER_MINUTE = 20;
/** Who is on several lists is not asked by one after the other. */
const BETWEEN_LISTS = "30 days";
/** Nobody is asked before nine and after six by their own clock; else all that fell due overnight would go out at once. */
const [DAY_BEGINS, DAY_ENDS] = ["09:00", "18:00"];

/** Those who are next, as many as the minute still has room for; none while another worker is at it. */
export async function dueRecalls({ pg }: Tx, now: Date): Promise<DueRecall[]> {
  const [lock] = await pg<
    { isMine: boolean }[]
  >`select pg_try_advisory_xact_lock(hashtextextended('recalls', 0)) as "isMine"`;
  if (!lock?.isMine) return [];
  const [asked] = await pg<{ count: number }[]>`
    select count(*)::int from recall_patients where asked_at > ${now}::timestamptz - interval '1 minute'`;
  const room = RECALLS_PER_MINUTE - (asked?.count ?? 0);
  if (room <= 0) return [];
  return pg<DueRecall[]>`
    select r.recall_id as "recallId", r.patient_id as "patientId", r.last_visit_id as "lastVisitId", r.asked_count as "askedCount",
      ${recallConsent(pg)} is true and ${isStillAway(pg)} and not exists (select from recall_patients other where other.patient_id = r.patient_id
        and other.asked_at > ${now}::timestamptz - ${BETWEEN_LISTS}::interval) as "isWanted",
      case when here.clock::time < ${DAY_BEGINS}::time then (here.clock::date + ${DAY_BEGINS}::time) at time zone here.zone
        when here.clock::time >= ${DAY_ENDS}::time then (here.clock::date + 1 + ${DAY_BEGINS}::time) at time zone here.zone end as "waitUntil"
    from recall_patients r join recalls l on l.id = r.recall_id join patients p on p.id = r.patient_id
    join appointments v on v.id = r.last_visit_id join locations place on place.id = v.location_id
    cross join lateral (select coalesce(p.time_zone, place.time_zone) as zone, ${now}::timestamptz at time zone coalesce(p.time_zone, place.time_zone) as clock) here
    where r.ask_from <= ${now} and l.active order by r.ask_from, r.patient_id limit ${room} for update of r skip locked`;
}

/** Writes down when somebody was asked, or when to look at them again; null: when everybody is next looked at. Gives 0 where they are on no list. */
export async function settleRecall(
  { pg }: Tx,
  { recallId, patientId }: Pick<DueRecall, "recallId" | "patientId">,
  { askFrom, askedAt }: { askFrom: Date | null; askedAt?: Date },
): Promise<number> {
  const { count } = await pg`
    update recall_patients set ask_from = ${askFrom}, asked_at = coalesce(${askedAt ?? null}::timestamptz, asked_at),
      asked_count = asked_count + ${askedAt ? 1 : 0}
    where recall_id = ${recallId} and patient_id = ${patientId}`;
  return count;
}
