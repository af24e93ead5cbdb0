import type postgres from "postgres";
import type { Tx } from "@/db/client";
import { type Refused, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { keyring } from "@/lib/protection/keyring";
import type { Access } from "./views";

/** The first line of every verb here. Reception and admins read no records; nobody does where there are no keys. */
export function recordsRefusal({ actor }: Context): Refused<"forbidden" | "encryption_not_configured"> | null {
  const isReader =
    actor.kind === "system" || (actor.kind === "user" && (actor.role === "doctor" || actor.role === "patient"));
  if (!isReader) return refuse("forbidden");
  return keyring() ? null : refuse("encryption_not_configured", { detail: "ENCRYPTION_KEYS is not set." });
}

/** Records are written by doctors; what lets them is asked for each patient. */
export function writingRefusal(ctx: Context) {
  const { actor } = ctx;
  if (actor.kind === "user" && !(actor.role === "doctor" && actor.doctorId)) return refuse("forbidden");
  return recordsRefusal(ctx);
}

export const isWriter = (access: Access | null) => access !== null && access !== "self" && access !== "proxy";

/** What lets the caller to this patient's records now; null where nothing does. */
export async function accessTo({ pg }: Tx, { now }: Pick<Context, "now">, patientId: string): Promise<Access | null> {
  const [row] = await pg<{ access: Access | null }[]>`select record_access(${patientId}, ${now}) as access`;
  return row?.access ?? null;
}

const doctorOf = ({ actor }: Context) => (actor.kind === "user" ? actor.doctorId : null);

/** Which records `r` a reader with `a.access` is shown; row-level security says the same once more. */
export const readable = (pg: postgres.TransactionSql, ctx: Context) => pg`(
  (a.access in ('self', 'proxy') and r.release = 'released' and r.status in ('signed', 'amended'))
  or a.access = 'system'
  or (a.access in ('treating', 'grant', 'break_glass') and (r.status <> 'draft' or r.doctor_id = ${doctorOf(ctx)})))`;

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
