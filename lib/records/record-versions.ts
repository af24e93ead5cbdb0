import { diffWordsWithSpace } from "diff";
import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type KeyRow, keyring } from "@/lib/protection/keyring";
import { openJson } from "@/lib/protection/seal";
import { readable, readerColumns, recordsRefusal } from "./access";
import { type Content, contentPlace } from "./record-row";
import type { RecordVersionView } from "./views";

type Refusal = "forbidden" | "encryption_not_configured" | "not_found";
type Row = KeyRow & {
  id: string;
  number: number;
  contentSealed: Buffer;
  doctorId: string;
  doctorName: string;
  signedAt: Date | null;
};

/** Every wording of a record, the first one first; a patient gets the one that stands. The read is written down. */
export async function recordVersions(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<{ items: RecordVersionView[] }, Refusal>> {
  const refusal = recordsRefusal(ctx);
  if (refusal) return refusal;
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<Row[]>`
    with seen as (
      select r.id as record_id, r.patient_id, r.status, a.access, v.id, v.number, v.content_sealed as "contentSealed", v.doctor_id as "doctorId",
        d.name as "doctorName", v.signed_at as "signedAt", k.id as "keyId", k.kek_id as "kekId", k.wrapped
      from medical_records r cross join lateral (select record_access(r.patient_id, ${ctx.now}) as access) a
        join record_versions v on v.record_id = r.id and (v.number = r.current_version or a.access not in ('self', 'proxy'))
        join data_keys k on k.id = v.key_id join doctors d on d.id = v.doctor_id
      where r.id = ${id} and ${readable(pg, ctx)}
    ), logged as (
      insert into access_log (patient_id, record_id, what, access, user_id, role, job, request_id)
      select patient_id, record_id, 'versions', access, ${readerColumns(pg, ctx)} from seen where status <> 'draft' limit 1
    )
    select * from seen order by number`,
  );
  if (rows.length === 0) return refuse("not_found");
  return ok({ items: await Promise.all(rows.map(openedVersion)) });
}

async function openedVersion(row: Row): Promise<RecordVersionView> {
  const key = await keyring().unwrap(row);
  const { title, body, coding, reason } = openJson<Content>(key, contentPlace(row.id), row.contentSealed);
  return {
    ...{ revision: row.number, title, body, coding, reason, doctor: { id: row.doctorId, name: row.doctorName } },
    signedAt: row.signedAt?.toISOString() ?? null,
  };
}

export type Difference = { text: string; change: "same" | "added" | "removed" };

/** What became of one text in the other, word by word; for a page that shows two wordings as one. */
export const differences = (before: string, after: string): Difference[] =>
  diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    text: value,
    change: added ? "added" : removed ? "removed" : "same",
  }));
