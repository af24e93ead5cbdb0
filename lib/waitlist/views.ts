import type postgres from "postgres";
import type { PARTS_OF_DAY, WAITLIST_STATUSES } from "@/db/schema";

type Named = { id: string; name: string };

/** A time that is kept for a wish until `expiresAt`; instants are ISO 8601 with Z, `timeZone` is the place's. */
export type OfferView = {
  id: string;
  start: string;
  end: string;
  timeZone: string;
  doctor: Named;
  location: Named;
  expiresAt: string;
};

/** A wish; empty lists and nulls mean that any will do. */
export type WaitlistView = {
  id: string;
  status: (typeof WAITLIST_STATUSES)[number];
  service: Named;
  doctors: Named[];
  location: Named | null;
  patient: Named;
  from: string;
  to: string;
  weekdays: number[];
  partsOfDay: (typeof PARTS_OF_DAY)[number][];
  earlierThan: string | null;
  /** The one that waits for an answer. */
  offer: OfferView | null;
  version: number;
  createdAt: string;
};

type Row = Omit<WaitlistView, "offer" | "createdAt"> & {
  createdAt: Date;
  offer: (Omit<OfferView, "start" | "end" | "expiresAt"> & { start: string; end: string; expiresAt: string }) | null;
};

const iso = (at: Date | string) => new Date(at).toISOString();

const viewOf = ({ createdAt, offer, ...row }: Row): WaitlistView => ({
  ...row,
  offer: offer && { ...offer, start: iso(offer.start), end: iso(offer.end), expiresAt: iso(offer.expiresAt) },
  createdAt: iso(createdAt),
});

/** Wishes as the caller sees them, the newest first. `where` is over `waitlist_entries e`. */
export async function readWishes(
  pg: postgres.TransactionSql,
  where: postgres.PendingQuery<postgres.Row[]>,
  now: Date,
  limit: number,
): Promise<WaitlistView[]> {
  const rows = await pg<Row[]>`
    select e.id, e.status, json_build_object('id', s.id, 'name', s.name) as service,
      coalesce((select json_agg(json_build_object('id', d.id, 'name', d.name) order by d.name, d.id) from doctors d
        where d.id = any (e.doctor_ids)), '[]') as doctors,
      case when l.id is not null then json_build_object('id', l.id, 'name', l.name) end as location,
      json_build_object('id', p.id, 'name', concat_ws(' ', p.given_name, p.family_name)) as patient,
      e.from_date::text as "from", e.to_date::text as "to", e.weekdays, e.parts_of_day as "partsOfDay", e.earlier_than_id as "earlierThan",
      (select json_build_object('id', o.id, 'start', o.starts_at, 'end', o.ends_at, 'timeZone', ol.time_zone,
          'doctor', json_build_object('id', od.id, 'name', od.name), 'location', json_build_object('id', ol.id, 'name', ol.name),
          'expiresAt', o.expires_at)
        from waitlist_offers o join doctors od on od.id = o.doctor_id join locations ol on ol.id = o.location_id
        where o.entry_id = e.id and o.status = 'open' and o.expires_at > ${now}) as offer,
      e.version, e.created_at as "createdAt"
    from waitlist_entries e join services s on s.id = e.service_id join patients p on p.id = e.patient_id
    left join locations l on l.id = e.location_id
    where ${where} order by e.id desc limit ${limit}`;
  return rows.map(viewOf);
}
