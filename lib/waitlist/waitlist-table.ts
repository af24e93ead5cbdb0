import type postgres from "postgres";
import { withActor } from "@/db/client";
import type { LEAVE_REASONS, OFFER_STATUSES } from "@/db/schema";
import { MOST_COUNTED } from "@/lib/domain/most-counted";
import { type Result, refuse } from "@/lib/domain/result";
import { searchPatients } from "@/lib/patients/search-patients";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import type { WaitlistView } from "./views";

export const WAITLIST_SORTS = ["since", "patient", "service"] as const;
export type OfferStatus = (typeof OFFER_STATUSES)[number];

export type WaitlistTableInput = {
  /** A patient as people search for one. */
  query?: string | undefined;
  serviceId?: string | undefined;
  /** Wishes with an offer that stands so. */
  offer?: OfferStatus | undefined;
  /** Those that wait, those that do no more, or both. */
  when: "waiting" | "ended" | "all";
  sort: (typeof WAITLIST_SORTS)[number];
  descending: boolean;
  /** From 1. */
  page: number;
  size: number;
};

/** What was offered for a wish, and how it ended; it stays when the time has been given back. Instants are ISO 8601 with Z. */
export type PastOffer = { id: string; start: string; timeZone: string; doctor: string; status: OfferStatus };

export type WaitlistRow = Pick<
  WaitlistView,
  "id" | "status" | "patient" | "from" | "to" | "weekdays" | "partsOfDay"
> & {
  service: string;
  doctors: string[];
  location: string | null;
  isEarlier: boolean;
  leaveReason: (typeof LEAVE_REASONS)[number] | null;
  since: string;
  /** The latest ones, the newest first; `offerCount` is of all. */
  offers: PastOffer[];
  offerCount: number;
};

/** More people than this fit no search that somebody means. */
const MAX_PEOPLE = 200;
const OFFERS_SHOWN = 3;

const ORDER: Record<WaitlistTableInput["sort"], readonly string[]> = {
  since: ["e.created_at"],
  patient: ["p.family_name", "p.given_name"],
  service: ["s.name"],
};

/** Wishes for reception's table: by page number, in any order, with how many there are, and what was offered for each. */
export async function waitlistTable(
  ctx: Context,
  input: WaitlistTableInput,
): Promise<Result<{ items: WaitlistRow[]; total: number }, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "waitlist.table")) return refuse("forbidden");
  const { query, size } = input;
  const people = query ? await searchPatients(ctx, { query, limit: MAX_PEOPLE }) : null;
  if (people && !people.ok) return people;
  const patientIds = people?.value.items.map(({ id }) => id);
  return withActor(ctx, async ({ pg }) => {
    const where = filtersOf(pg, ctx.now, input, patientIds);
    const way = input.descending ? pg`desc` : pg`asc`;
    const order = [...ORDER[input.sort], "e.created_at", "e.id"]
      .map((column) => pg`${pg(column)} ${way}`)
      .reduce((all, one) => pg`${all}, ${one}`);
    const [count, rows] = await Promise.all([
      pg<{ total: number }[]>`
        select count(*)::int as total from (select from waitlist_entries e where ${where} limit ${MOST_COUNTED + 1}) counted`,
      pg<
        Row[]
      >`${rowsOf(pg, ctx.now)} where ${where} order by ${order} limit ${size} offset ${(input.page - 1) * size}`,
    ]);
    return { ok: true as const, value: { items: rows.map(viewOf), total: count[0]?.total ?? 0 } };
  });
}

/** Over until the job has seen to it, too: what nobody answered in time is not open. */
const statusAt = (pg: postgres.TransactionSql, now: Date) =>
  pg`case when o.status = 'open' and o.expires_at <= ${now} then 'expired' else o.status end`;

function filtersOf(
  pg: postgres.TransactionSql,
  now: Date,
  { when, serviceId, offer }: WaitlistTableInput,
  patientIds: string[] | undefined,
) {
  const standing = { waiting: pg`e.status = 'waiting'`, ended: pg`e.status <> 'waiting'`, all: pg`true` }[when];
  return pg`${standing}
    ${patientIds ? pg`and e.patient_id = any(${patientIds}::uuid[])` : pg``}
    ${serviceId ? pg`and e.service_id = ${serviceId}` : pg``}
    ${offer ? pg`and exists (select from waitlist_offers o where o.entry_id = e.id and ${statusAt(pg, now)} = ${offer})` : pg``}`;
}

type Row = Omit<WaitlistRow, "since" | "offers"> & { since: Date; offers: PastOffer[] | null };

const rowsOf = (pg: postgres.TransactionSql, now: Date) => pg`
  select e.id, e.status, json_build_object('id', p.id, 'name', concat_ws(' ', p.given_name, p.family_name)) as patient,
    s.name as service, array(select d.name from doctors d where d.id = any(e.doctor_ids) order by d.name) as doctors, l.name as location,
    e.from_date::text as "from", e.to_date::text as "to", e.weekdays, e.parts_of_day as "partsOfDay",
    e.earlier_than_id is not null as "isEarlier", e.leave_reason as "leaveReason", e.created_at as since,
    (select count(*)::int from waitlist_offers o where o.entry_id = e.id) as "offerCount",
    (select json_agg(latest) from (
      select o.id, o.starts_at as start, ol.time_zone as "timeZone", od.name as doctor, ${statusAt(pg, now)} as status
      from waitlist_offers o join doctors od on od.id = o.doctor_id join locations ol on ol.id = o.location_id
      where o.entry_id = e.id order by o.created_at desc, o.id desc limit ${OFFERS_SHOWN}) latest) as offers
  from waitlist_entries e join services s on s.id = e.service_id join patients p on p.id = e.patient_id
  left join locations l on l.id = e.location_id`;

const viewOf = ({ since, offers, ...row }: Row): WaitlistRow => ({
  ...row,
  since: since.toISOString(),
  offers: (offers ?? []).map((offer) => ({ ...offer, start: new Date(offer.start).toISOString() })),
});
