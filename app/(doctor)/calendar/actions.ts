"use server";

import { z } from "zod";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { changeStatus } from "@/lib/appointments/change-status";
import { getVisit } from "@/lib/appointments/get-appointment";
import { offerNearestToMove } from "@/lib/appointments/nearest";
import { rescheduleAppointment } from "@/lib/appointments/reschedule-appointment";
import { cancelAppointmentInput, changeStatusInput, rescheduleAppointmentInput } from "@/lib/appointments/schemas";
import { searchSlots } from "@/lib/availability/search-slots";
import { ok } from "@/lib/domain/result";
import { action } from "@/lib/platform/action";
import { dateField, idField } from "@/lib/platform/fields";

// For all staff; the verbs say whose visits are whose.
const STAFF = ["doctor", "receptionist", "admin"] as const;
const MOST_TIMES = 500;

export const changeStatusAction = action(STAFF, changeStatusInput, changeStatus);
export const cancelVisitAction = action(STAFF, cancelAppointmentInput, cancelAppointment);
export const moveVisitAction = action(STAFF, rescheduleAppointmentInput, async (ctx, input) =>
  offerNearestToMove(ctx, input, await rescheduleAppointment(ctx, input)),
);

const freeTimesInput = z.strictObject({ visitId: idField, doctorId: idField.optional(), date: dateField });

/** Free times of a day to which a visit could be moved. */
export const freeTimesAction = action(STAFF, freeTimesInput, async (ctx, { visitId, doctorId, date }) => {
  const visit = await getVisit(ctx, { id: visitId });
  if (!visit.ok) return visit;
  const { service, doctor } = visit.value;
  const asked = { serviceId: service.id, doctorId: doctorId ?? doctor.id, from: date, to: date, limit: MOST_TIMES };
  const found = await searchSlots(ctx, asked);
  return found.ok ? ok(found.value.items) : found;
});
