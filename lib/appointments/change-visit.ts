import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import type { Policy } from "@/lib/domain/policies";
import { type Refused, refuse } from "@/lib/domain/result";
import type { Status } from "@/lib/domain/status";
import type { Context } from "@/lib/platform/context";
import type { Topic } from "@/lib/platform/outbox";
import { may } from "@/lib/platform/permissions";
import { eventActor } from "./acting";
import { type AppointmentView, appointmentView, type DetailsRow } from "./views";
import { visible } from "./visible";

/** A visit locked for a change, with what its judgement needs. */
export type VisitForChange = Policy & {
  id: string;
  status: Status;
  serviceId: string;
  doctorId: string;
  locationId: string;
  roomId: string | null;
  patientId: string | null;
  startsAt: Date;
  endsAt: Date;
  confirmedAt: Date | null;
  holdExpiresAt: Date | null;
  holdExtended: boolean;
  createdByUserId: string | null;
  rescheduleCount: number;
  videoUrl: string | null;
  version: number;
  clinicPhone: string | null;
  capabilities: string[] | null;
};

/** Locks the visit and reads it; null where it does not exist or row-level security keeps the caller from changing it. */
export async function lockVisit(tx: Tx, ctx: Context, id: string): Promise<VisitForChange | null> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const [row] = await tx.pg<VisitForChange[]>`
    select a.id, a.status, a.service_id as "serviceId", a.doctor_id as "doctorId", a.location_id as "locationId", a.room_id as "roomId",
      a.patient_id as "patientId", a.starts_at as "startsAt", a.ends_at as "endsAt", a.confirmed_at as "confirmedAt",
      a.hold_expires_at as "holdExpiresAt", a.hold_extended as "holdExtended", a.created_by_user_id as "createdByUserId",
      a.reschedule_count as "rescheduleCount", a.video_url as "videoUrl", a.version, l.phone as "clinicPhone",
      s.min_notice_minutes as "minNoticeMinutes", s.horizon_days as "horizonDays", s.cancel_cutoff_minutes as "cancelCutoffMinutes",
      s.reschedule_cutoff_minutes as "rescheduleCutoffMinutes", s.max_reschedules as "maxReschedules",
      (select g.capabilities from patient_proxies g where g.patient_id = a.patient_id and g.user_id = ${userId}::uuid
        and g.revoked_at is null and (g.valid_until is null or g.valid_until > ${ctx.now}::timestamptz)) as capabilities
    from appointments a join services s on s.id = a.service_id join locations l on l.id = a.location_id
    where a.id = ${id}
    for no key update of a`;
  return row ?? null;
}

/** What is kept for those to whom the waiting list offers it is nobody's to change. */
async function isOffered({ pg }: Tx, id: string): Promise<boolean> {
  const [row] = await pg<{ is: boolean }[]>`select is_offered(${id}) as is`;
  return row?.is ?? false;
}

/** Whether a visit that cannot be locked is one that the caller may look at. */
async function isSeen({ pg }: Tx, ctx: Context, id: string): Promise<boolean> {
  const rows = await pg`select from appointments v where v.id = ${id} and ${visible(pg, ctx)}`;
  return rows.length > 0;
}

export type ChangeRefusal = "unauthenticated" | "not_found" | "forbidden" | "version_conflict";

/** Locks the visit, and refuses those who may not do that to it. */
export async function visitToChange(
  tx: Tx,
  ctx: Context,
  input: { id: string; expectedVersion?: number | undefined },
  action: "visit.move" | "visit.cancel",
): Promise<{ ok: true; value: VisitForChange } | Refused<ChangeRefusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  const visit = await lockVisit(tx, ctx, input.id);
  if (!visit) return refuse((await isSeen(tx, ctx, input.id)) ? "forbidden" : "not_found");
  if (!may(ctx.actor, "visit.read", visit)) return refuse("not_found");
  if (!may(ctx.actor, action, visit)) return refuse("forbidden");
  if (visit.status === "held" && (await isOffered(tx, visit.id))) return refuse("not_found");
  if (input.expectedVersion !== undefined && input.expectedVersion !== visit.version)
    return refuse("version_conflict", { detail: "The visit has been changed since it was read." });
  return { ok: true, value: visit };
}

export type VisitEvent = { type: string; topic: Topic | null; data: Record<string, unknown> };

/** Columns as the database names them; `during` and `busy` as ranges. */
export type VisitChanges = Record<string, string | number | boolean | Date | null>;

/** Changes a locked visit, with its event and outbox row, as one statement; answers with the visit as it is then. */
export async function changeVisit(
  tx: Tx,
  ctx: Context,
  visit: Pick<VisitForChange, "id" | "version">,
  changes: VisitChanges,
  event: VisitEvent,
): Promise<AppointmentView> {
  const by = eventActor(ctx);
  const version = visit.version + 1;
  const columns = { ...changes, version, updated_at: ctx.now };
  const [, details] = await Promise.all([
    tx.pg`
      with visit as (update appointments set ${tx.pg(columns)} where id = ${visit.id} returning id),
      event as (
        insert into appointment_events (id, appointment_id, type, version, actor_kind, actor_user_id, data, at)
        select ${uuidv7()}::uuid, id, ${event.type}, ${version}::int, ${by.kind}, ${by.userId}::uuid, ${event.data as never}::jsonb, ${ctx.now}::timestamptz from visit),
      message as (
        insert into outbox (id, topic, payload)
        select ${uuidv7()}::uuid, ${event.topic}, jsonb_build_object('appointmentId', id, 'version', ${version}::int) from visit
        where ${event.topic}::text is not null)
      select id from visit`,
    tx.pg<DetailsRow[]>`select * from appointment_details where id = ${visit.id}`,
  ]);
  if (!details[0]) throw new Error("a changed visit cannot be read");
  return appointmentView(details[0], ctx.actor);
}
