import type postgres from "postgres";
import { allowedActions, cutoffAt } from "@/lib/domain/policies";
import { isUpcoming, nextStatuses } from "@/lib/domain/status";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { appointmentView, type DetailsRow, iso, type VisitView } from "./views";

export type VisitRow = DetailsRow & {
  modality: VisitView["modality"];
  duration_minutes: number;
  doctor_specialty: string | null;
  location_address: string | null;
  location_phone: string | null;
  room_id: string | null;
  room_name: string | null;
  override_reason: string | null;
  series_id: string | null;
  reschedule_count: number;
  cancel_cutoff_minutes: number;
  reschedule_cutoff_minutes: number;
  max_reschedules: number | null;
  min_notice_minutes: number;
  horizon_days: number;
};

/** A visit for the faces: what it is, and what its reader may do with it. */
export function visitView(row: VisitRow, ctx: Context): VisitView {
  const { actor, now } = ctx;
  const isHere = may(actor, "visit.unbound", { doctorId: row.doctor_id });
  const status = row.status;
  const next = nextStatuses(status).filter((to) => to !== "booked");
  const policy = {
    minNoticeMinutes: row.min_notice_minutes,
    horizonDays: row.horizon_days,
    cancelCutoffMinutes: row.cancel_cutoff_minutes,
    rescheduleCutoffMinutes: row.reschedule_cutoff_minutes,
    maxReschedules: row.max_reschedules,
  };
  const visit = { startsAt: row.starts_at, status, rescheduleCount: row.reschedule_count };
  const allowed = isHere
    ? { cancel: next.includes("cancelled"), reschedule: status === "booked" }
    : allowedActions(policy, visit, now);
  return {
    ...appointmentView(row, actor),
    modality: row.modality,
    durationMinutes: row.duration_minutes,
    doctorSpecialty: row.doctor_specialty,
    locationAddress: row.location_address,
    locationPhone: row.location_phone,
    room: row.room_id ? { id: row.room_id, name: row.room_name ?? "" } : null,
    overrideReason: may(actor, "visit.override_reason") ? row.override_reason : null,
    seriesId: row.series_id,
    rescheduleCount: row.reschedule_count,
    cancelUntil: iso(cutoffAt(row.starts_at, row.cancel_cutoff_minutes)),
    rescheduleUntil: iso(cutoffAt(row.starts_at, row.reschedule_cutoff_minutes)),
    allowed: {
      cancel: allowed.cancel,
      reschedule: allowed.reschedule && status === "booked",
      confirm: isUpcoming(status) && status === "booked" && row.confirmed_at === null && row.starts_at > now,
    },
    nextStatuses: isHere ? next : [],
  };
}

/** Everything a face shows of a visit, service's cut-offs included. */
export const visitRows = (pg: postgres.TransactionSql) =>
  pg`select v.*, s.cancel_cutoff_minutes, s.reschedule_cutoff_minutes, s.max_reschedules, s.min_notice_minutes, s.horizon_days
    from appointment_details v join services s on s.id = v.service_id`;
