import type { Actor } from "@/lib/domain/actor";
import type { Status } from "@/lib/domain/status";
import { may } from "@/lib/platform/permissions";

type Named = { id: string; name: string };

/** A visit as every door shows it. Instants are ISO 8601 with Z; `timeZone` is the location's. */
export type AppointmentView = {
  id: string;
  reference: string;
  status: Status;
  confirmedAt: string | null;
  start: string;
  end: string;
  timeZone: string;
  service: Named;
  doctor: Named;
  location: Named;
  /** null only while staff hold a time for somebody not named yet. */
  patient: Named | null;
  /** Only to the patient, who acts for them, and the doctor of the visit. */
  reason: string | null;
  videoUrl: string | null;
  holdExpiresAt: string | null;
  version: number;
  createdAt: string;
};

/** What the faces show beside the visit itself. */
export type VisitView = AppointmentView & {
  modality: "in_person" | "video" | "phone";
  durationMinutes: number;
  doctorSpecialty: string | null;
  locationAddress: string | null;
  locationPhone: string | null;
  room: Named | null;
  overrideReason: string | null;
  seriesId: string | null;
  rescheduleCount: number;
  /** Until when the patient may cancel or move it. */
  cancelUntil: string;
  rescheduleUntil: string;
  allowed: { cancel: boolean; reschedule: boolean; confirm: boolean };
  /** Statuses the caller may set next. */
  nextStatuses: Status[];
};

export type HoldView = {
  id: string;
  start: string;
  end: string;
  expiresAt: string;
  timeZone: string;
  serviceId: string;
  doctorId: string;
  locationId: string;
  patientId: string | null;
};

export type AppointmentEventView = {
  id: string;
  type: string;
  at: string;
  version: number;
  actor: { kind: "user" | "system"; userId: string | null };
  data: Record<string, unknown>;
};

/** One row of the view `appointment_details`. */
export type DetailsRow = {
  id: string;
  reference: string;
  status: Status;
  starts_at: Date;
  ends_at: Date;
  confirmed_at: Date | null;
  hold_expires_at: Date | null;
  created_at: Date;
  reason: string | null;
  video_url: string | null;
  version: number;
  service_id: string;
  service_name: string;
  doctor_id: string;
  doctor_name: string;
  location_id: string;
  location_name: string;
  time_zone: string;
  patient_id: string | null;
  patient_given_name: string | null;
  patient_family_name: string | null;
};

export const iso = (at: Date) => at.toISOString();
export const isoOrNull = (at: Date | null) => (at ? iso(at) : null);

export const fullName = (given: string, family: string) => `${given} ${family}`.trim();

export function appointmentView(row: DetailsRow, actor: Actor): AppointmentView {
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    confirmedAt: isoOrNull(row.confirmed_at),
    start: iso(row.starts_at),
    end: iso(row.ends_at),
    timeZone: row.time_zone,
    service: { id: row.service_id, name: row.service_name },
    doctor: { id: row.doctor_id, name: row.doctor_name },
    location: { id: row.location_id, name: row.location_name },
    patient: row.patient_id
      ? { id: row.patient_id, name: fullName(row.patient_given_name ?? "", row.patient_family_name ?? "") }
      : null,
    reason: may(actor, "visit.reason", { doctorId: row.doctor_id, patientId: row.patient_id }) ? row.reason : null,
    videoUrl: row.video_url,
    holdExpiresAt: row.status === "held" ? isoOrNull(row.hold_expires_at) : null,
    version: row.version,
    createdAt: iso(row.created_at),
  };
}
