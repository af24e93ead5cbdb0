import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";

export type Grounds = {
  /** Live holds: nothing at all is erased. */
  legalHolds: number;
  /** Signed records that the law keeps; with them goes who they are of. */
  records: number;
  /** Until when: the clinic's years after the newest of them. null where there are none, or their time is over. */
  keptUntil: Date | null;
};

/** What speaks against erasing a patient altogether at this instant, where records are kept for so many years. */
export async function erasureGrounds(
  { pg }: Tx,
  { now }: Pick<Context, "now">,
  { patientId, years }: { patientId: string; years: number },
): Promise<Grounds> {
  const [row] = await pg<{ legalHolds: number; records: number; until: Date | null }[]>`
    select (select count(*)::int from legal_holds where patient_id = ${patientId} and ended_at is null and (until is null or until > ${now})) as "legalHolds",
      count(*)::int as records, max(coalesce(signed_at, occurred_at)) + make_interval(years => ${years}) as until
    from medical_records r join data_keys k on k.id = r.key_id and k.wrapped is not null
    where r.patient_id = ${patientId} and r.status <> 'draft'`;
  if (!row) throw new Error("an aggregate returned no row");
  const isKept = row.until !== null && row.until > now;
  return { legalHolds: row.legalHolds, records: isKept ? row.records : 0, keptUntil: isKept ? row.until : null };
}
