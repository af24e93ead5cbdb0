import type postgres from "postgres";
import { type Tx, withActor } from "@/db/client";
import { MOST_COUNTED } from "@/lib/domain/most-counted";
import { type Result, refuse } from "@/lib/domain/result";
import { searchPatients } from "@/lib/patients/search-patients";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { readIdentifiers } from "@/lib/protection/identifiers";
import { isStillAway, recallConsent } from "./still-away";

export const RECALL_SORTS = ["last", "patient", "recall"] as const;
/**
 * How somebody may be asked. `message`: they have agreed and can be written to, which happens by itself. `phone`: they have not said no, and there
 * is a number. `none`: they do not want to be asked, or there is no way.
 */
export const CONTACTS = ["message", "phone", "none"] as const;
export type Contact = (typeof CONTACTS)[number];

export type RecallTableInput = {
  /** A patient as people search for one. */
  query?: string | undefined;
  recallId?: string | undefined;
  contact?: Contact | undefined;
  /** Those who were not asked within the recall's months, those who were, or both. */
  when: "open" | "asked" | "all";
  sort: (typeof RECALL_SORTS)[number];
  descending: boolean;
  /** From 1. */
  page: number;
  size: number;
};

/** Instants are ISO 8601 with Z. */
export type RecallRow = {
  recall: { id: string; name: string; serviceId: string };
  patient: { id: string; name: string };
  lastVisit: { id: string; start: string; timeZone: string; doctor: string };
  /** Whether they agreed to be written to; null: they were never asked. */
  consent: boolean | null;
  contact: Contact;
  /** E.164, where they may be called. */
  phone: string | null;
  recordNumber: string | null;
  askedAt: string | null;
};

const MAX_PEOPLE = 200;
const READ_AT_ONCE = 5_000;
const ORDER: Record<RecallTableInput["sort"], readonly string[]> = {
  last: [],
  patient: ["family_name", "given_name"],
  recall: ["recall_name"],
};

/** Who is due on recall lists, for reception's table and its file: by page number, with how many there are and how each may be asked. */
export async function recallTable(
  ctx: Context,
  input: RecallTableInput,
): Promise<Result<{ items: RecallRow[]; total: number }, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "recall.table")) return refuse("forbidden");
  const { query, size } = input;
  const people = query ? await searchPatients(ctx, { query, limit: MAX_PEOPLE }) : null;
  if (people && !people.ok) return people;
  const patientIds = people?.value.items.map(({ id }) => id);
  return withActor(ctx, async (tx) => {
    const { pg } = tx;
    const due = pg`select * from (${dueRows(pg, ctx.now, input, patientIds)}) d
      where ${input.contact ?? null}::text is null or d.contact = ${input.contact ?? null}`;
    const way = input.descending ? pg`desc` : pg`asc`;
    const order = [...ORDER[input.sort], "last_visit_at", "patient_id", "recall_id"]
      .map((column) => pg`${pg(column)} ${way}`)
      .reduce((all, one) => pg`${all}, ${one}`);
    const [count, rows] = await Promise.all([
      pg<{ total: number }[]>`select count(*)::int as total from (${due} limit ${MOST_COUNTED + 1}) counted`,
      pg<Row[]>`${due} order by ${order} limit ${size} offset ${(input.page - 1) * size}`,
    ]);
    return { ok: true as const, value: { items: await withNumbers(tx, rows), total: count[0]?.total ?? 0 } };
  });
}

type Row = Pick<RecallRow, "recall" | "patient" | "consent" | "contact"> & {
  patient_id: string;
  lastVisit: Omit<RecallRow["lastVisit"], "start">;
  last_visit_at: Date;
  asked_at: Date | null;
};

const dueRows = (
  pg: postgres.TransactionSql,
  now: Date,
  { recallId, when }: RecallTableInput,
  patientIds: string[] | undefined,
) => pg`
  select r.recall_id, r.patient_id, r.last_visit_at, r.asked_at, l.name as recall_name, p.family_name, p.given_name, said.consent,
    json_build_object('id', l.id, 'name', l.name, 'serviceId', l.service_id) as recall,
    json_build_object('id', p.id, 'name', concat_ws(' ', p.given_name, p.family_name)) as patient,
    json_build_object('id', v.id, 'timeZone', place.time_zone, 'doctor', d.name) as "lastVisit",
    case when said.consent is false then 'none' when said.consent and ${canBeWrittenTo(pg, now)} then 'message'
      when p.has_phone or p.phone is not null then 'phone' else 'none' end as contact
  from recall_patients r join recalls l on l.id = r.recall_id join patients p on p.id = r.patient_id join appointments v on v.id = r.last_visit_id
  join doctors d on d.id = v.doctor_id join locations place on place.id = v.location_id cross join lateral (select ${recallConsent(pg)} as consent) said
  where l.active and p.erased_at is null and ${isStillAway(pg)}
    ${recallId ? pg`and r.recall_id = ${recallId}` : pg``} ${patientIds ? pg`and r.patient_id = any(${patientIds}::uuid[])` : pg``}
    ${
      {
        open: pg`and (r.asked_at is null or r.asked_at <= ${now}::timestamptz - make_interval(months => l.months))`,
        asked: pg`and r.asked_at > ${now}::timestamptz - make_interval(months => l.months)`,
        all: pg``,
      }[when]
    }`;

/** As `recipientsOf` would find somebody: the patient, or who acts for one without an address. */
const canBeWrittenTo = (pg: postgres.TransactionSql, now: Date) => pg`
  (exists (select from (values ('email', p.has_email or p.email is not null or p.user_id is not null), ('sms', p.has_phone or p.phone is not null))
      as c (channel, is_possible)
    where c.is_possible and not exists (select from channel_stops s where s.patient_id = p.id and s.channel = c.channel)
      and not exists (select from notification_preferences f where f.user_id = p.user_id and f.channel = c.channel and not f.enabled))
    or (p.user_id is null and not p.has_email and not p.has_phone and exists (select from patient_proxies x
      where x.patient_id = p.id and x.revoked_at is null and (x.valid_until is null or x.valid_until > ${now}))))`;

async function withNumbers(tx: Tx, rows: readonly Row[]): Promise<RecallRow[]> {
  const ids = [...new Set(rows.map((row) => row.patient_id))];
  const known = new Map<string, { phone: string | null; recordNumber: string | null }>();
  for (let at = 0; at < ids.length; at += READ_AT_ONCE)
    for (const [id, one] of await readIdentifiers(tx, ids.slice(at, at + READ_AT_ONCE))) known.set(id, one);
  return rows.map(({ recall, patient, lastVisit, consent, contact, ...row }) => ({
    ...{ recall, patient, consent, contact },
    lastVisit: { ...lastVisit, start: row.last_visit_at.toISOString() },
    phone: contact === "none" ? null : (known.get(row.patient_id)?.phone ?? null),
    recordNumber: known.get(row.patient_id)?.recordNumber ?? null,
    askedAt: row.asked_at?.toISOString() ?? null,
  }));
}
