import type postgres from "postgres";
import type { Tx } from "@/db/client";
import { type Refused, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { Action, Relation } from "@/lib/platform/permission-table";
import { may, mayAtAll, reach } from "@/lib/platform/permissions";
import { hasKeys } from "@/lib/protection/keyring";
import type { Access } from "./views";

/** The first line of every verb here. Reception and admins read no records; nobody does where there are no keys. */
export function recordsRefusal({ actor }: Context): Refused<"forbidden" | "encryption_not_configured"> | null {
  if (!mayAtAll(actor, "record.read")) return refuse("forbidden");
  return hasKeys() ? null : refuse("encryption_not_configured", { detail: "ENCRYPTION_KEYS is not set." });
}

/** Records are written in a doctor's name; what lets them is asked for each patient. */
export function writingRefusal(ctx: Context) {
  const { actor } = ctx;
  if (!mayAtAll(actor, "record.write") || (actor.kind === "user" && !actor.doctorId)) return refuse("forbidden");
  return recordsRefusal(ctx);
}

export const mayWrite = ({ actor }: Pick<Context, "actor">, access: Access | null) =>
  access !== null && may(actor, "record.write", { access });

/** What lets the caller to this patient's records now; null where nothing does. */
export async function accessTo({ pg }: Tx, { now }: Pick<Context, "now">, patientId: string): Promise<Access | null> {
  const [row] = await pg<{ access: Access | null }[]>`select record_access(${patientId}, ${now}) as access`;
  return row?.access ?? null;
}

const doctorOf = ({ actor }: Context) => (actor.kind === "user" ? actor.doctorId : null);

/** Words of `record_access` for relations of the table. */
const ACCESS_OF: Partial<Record<Relation, Access>> = {
  ...{ self: "self", records: "proxy", treating: "treating", grant: "grant", break_glass: "break_glass" },
};
const accessWords = (relations: readonly Relation[]) => relations.flatMap((relation) => ACCESS_OF[relation] ?? []);

/** Which records `r` a reader with `a.access` is shown, by the rule "record.read"; row-level security says the same once more. */
export function readable(pg: postgres.TransactionSql, ctx: Context) {
  const relations = reach(ctx.actor, "record.read");
  if (relations.includes("any")) return pg`true`;
  return pg`(a.access = any(${accessWords(relations)}::text[]) and case when a.access in ('self', 'proxy')
    then r.release = 'released' and r.status in ('signed', 'amended') else r.status <> 'draft' or r.doctor_id = ${doctorOf(ctx)} end)`;
}

/** Rows of grants and of broken glass, `r`, that the rule of `action` lets the caller see. */
export function withinReach(pg: postgres.TransactionSql, { actor, now }: Context, action: Action) {
  const relations = reach(actor, action);
  if (relations.includes("any")) return pg`true`;
  const doctorId = actor.kind === "user" && relations.includes("calendar") ? actor.doctorId : null;
  return pg`(r.doctor_id = ${doctorId}::uuid or record_access(r.patient_id, ${now}) = any(${accessWords(relations)}::text[]))`;
}

/** The columns of the access log that say who read, for `insert into access_log (patient_id, record_id, what, access, user_id, role, job, request_id)`. */
export function readerColumns(pg: postgres.TransactionSql, { actor, requestId }: Context) {
  const user = actor.kind === "user" ? actor : null;
  return pg`${user?.userId ?? null}::uuid, ${user?.role ?? null}::text, ${actor.kind === "system" ? actor.job : null}::text, ${requestId}::text`;
}

type Logged = { patientId: string; recordId?: string; what: string; access: Access };

/** Writes down a read in its own transaction. */
export async function logRead({ pg }: Tx, ctx: Context, { patientId, recordId, what, access }: Logged): Promise<void> {
  await pg`insert into access_log (patient_id, record_id, what, access, user_id, role, job, request_id)
    select ${patientId}, ${recordId ?? null}::uuid, ${what}, ${access}, ${readerColumns(pg, ctx)}`;
}
