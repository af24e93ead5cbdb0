import { withActor } from "@/db/client";
import { dayNumber } from "@/lib/domain/calendar";
import { judgeReschedule, type Policy, type PolicyVisit } from "@/lib/domain/policies";
import type { Candidate, PartOfDay } from "@/lib/domain/waitlist";
import { dayBounds, localDate } from "@/lib/domain/zone";
import { quietHoursOf } from "@/lib/notifications/quiet-hours";
import type { Context } from "@/lib/platform/context";

export type Waiting = Candidate & {
  patientId: string;
  /** When the patient's day began, by their own clock. */
  dayStart: Date;
  /** Times that are not offered for this wish again, by doctor and start (epoch milliseconds). */
  had: ReadonlySet<string>;
  /** The service's. */
  noticeMinutes: number;
};

export const timeKey = (doctorId: string, startMs: number) => `${doctorId} ${startMs}`;

type Row = {
  id: string;
  patientId: string;
  serviceId: string;
  doctorIds: string[];
  locationId: string | null;
  fromDate: string;
  toDate: string;
  weekdays: number[];
  partsOfDay: PartOfDay[];
  createdAt: Date;
  zone: string;
  quietFrom: string | null;
  quietUntil: string | null;
  visit: (Omit<PolicyVisit, "startsAt"> & { startsAt: string } & Policy) | null;
  isMoving: boolean;
  noticeMinutes: number;
  offers: { doctorId: string; startsAt: string; isOpen: boolean; isLost: boolean }[];
  patientOffers: string[];
};

/** Those who wait for a time of this doctor's, of any service; wishes whose visit may be moved no more are not among them. */
export async function readWaiting(ctx: Context, doctorId: string): Promise<Waiting[]> {
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<Row[]>`
      select e.id, e.patient_id as "patientId", e.service_id as "serviceId", e.doctor_ids as "doctorIds", e.location_id as "locationId",
        e.from_date::text as "fromDate", e.to_date::text as "toDate", e.weekdays, e.parts_of_day as "partsOfDay", e.created_at as "createdAt",
        coalesce(p.time_zone, u.time_zone, l.time_zone, home.time_zone, 'UTC') as zone, f.quiet_from as "quietFrom", f.quiet_until as "quietUntil",
        e.earlier_than_id is not null as "isMoving", s.min_notice_minutes as "noticeMinutes",
        case when a.status = 'booked' and a.starts_at > ${ctx.now} then json_build_object('startsAt', a.starts_at, 'status', a.status,
          'rescheduleCount', a.reschedule_count, 'minNoticeMinutes', s.min_notice_minutes, 'horizonDays', s.horizon_days,
          'cancelCutoffMinutes', s.cancel_cutoff_minutes, 'rescheduleCutoffMinutes', s.reschedule_cutoff_minutes, 'maxReschedules', s.max_reschedules) end as visit,
        coalesce((select json_agg(json_build_object('doctorId', o.doctor_id, 'startsAt', o.starts_at, 'isOpen', o.status = 'open',
            'isLost', o.status in ('withdrawn', 'taken')))
          from waitlist_offers o where o.entry_id = e.id), '[]') as offers,
        coalesce((select json_agg(o.created_at) from waitlist_offers o
          where o.patient_id = e.patient_id and o.created_at > ${ctx.now}::timestamptz - interval '26 hours'), '[]') as "patientOffers"
      from waitlist_entries e join services s on s.id = e.service_id and s.active
      join patients p on p.id = e.patient_id and p.erased_at is null
      left join users u on u.id = p.user_id left join locations l on l.id = e.location_id
      left join appointments a on a.id = e.earlier_than_id
      left join lateral (select dl.time_zone from doctor_locations x join locations dl on dl.id = x.location_id
        where x.doctor_id = ${doctorId} order by dl.id limit 1) home on true
      left join lateral (select quiet_from, quiet_until from notification_preferences n
        where n.user_id = p.user_id and n.quiet_from is not null and n.quiet_until is not null order by n.channel desc limit 1) f on true
      where e.status = 'waiting' and (cardinality(e.doctor_ids) = 0 or ${doctorId}::uuid = any(e.doctor_ids))
        and exists (select from doctor_services ds where ds.doctor_id = ${doctorId} and ds.service_id = e.service_id)
      order by e.created_at, e.id`,
  );
  return rows.filter((row) => mayMove(row, ctx.now)).map((row) => waitingOf(row, ctx.now));
}

/** A patient could not accept what the rules of the visit forbid. */
function mayMove({ isMoving, visit }: Row, now: Date): boolean {
  if (!isMoving) return true;
  return visit !== null && judgeReschedule(visit, { ...visit, startsAt: new Date(visit.startsAt) }, now).ok;
}

function waitingOf(row: Row, now: Date): Waiting {
  const seconds = now.getTime() / 1_000;
  const today = dayBounds(localDate(seconds, row.zone), row.zone).start * 1_000;
  return {
    entryId: row.id,
    patientId: row.patientId,
    wish: {
      ...{ serviceId: row.serviceId, doctorIds: row.doctorIds, locationId: row.locationId, weekdays: row.weekdays },
      ...{ partsOfDay: row.partsOfDay, fromDay: dayNumber(row.fromDate), toDay: dayNumber(row.toDate) },
      earlierThan: row.visit ? Date.parse(row.visit.startsAt) / 1_000 : null,
    },
    waitingSince: row.createdAt.getTime(),
    offers: row.offers.length,
    offersToday: row.patientOffers.filter((at) => Date.parse(at) >= today).length,
    hasOpenOffer: row.offers.some(({ isOpen }) => isOpen),
    hadThis: false,
    dayStart: new Date(today),
    had: new Set(row.offers.flatMap((one) => (one.isLost ? [] : [timeKey(one.doctorId, Date.parse(one.startsAt))]))),
    noticeMinutes: row.noticeMinutes,
    zone: row.zone,
    quiet: quietHoursOf(row),
  };
}
