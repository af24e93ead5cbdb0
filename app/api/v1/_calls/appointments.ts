import { z } from "zod";
import {
  bookAppointmentInput,
  bookSeriesInput,
  cancelAppointmentInput,
  changeStatusInput,
  holdSlotInput,
  listAppointmentsInput,
  rescheduleAppointmentInput,
} from "@/lib/appointments/schemas";
import { defineCall } from "@/lib/platform/api";
import { appointment, appointmentEvent, hold, idParams, listOf } from "./shapes";

const tag = "Appointments";
const besideUrl = { id: true, expectedVersion: true } as const;

export const createHold = defineCall({
  method: "POST",
  path: "/holds",
  summary: "Hold a free time for five minutes",
  tag,
  access: "signed_in",
  body: holdSlotInput,
  status: 201,
  response: hold,
  refusals: ["not_found", "forbidden", "slot_unavailable", "patient_busy", "policy_refused"],
  creates: true,
});

export const deleteHold = defineCall({
  method: "DELETE",
  path: "/holds/{id}",
  summary: "Give a held time back",
  tag,
  access: "signed_in",
  params: idParams,
  status: 204,
});

export const extendHold = defineCall({
  method: "POST",
  path: "/holds/{id}/extend",
  summary: "Hold it for five minutes more, once",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: hold,
  refusals: ["policy_refused"],
});

export const createAppointment = defineCall({
  method: "POST",
  path: "/appointments",
  summary: "Book a visit",
  tag,
  access: "signed_in",
  body: bookAppointmentInput,
  status: 201,
  response: appointment,
  refusals: ["not_found", "forbidden", "slot_unavailable", "patient_busy", "policy_refused"],
  creates: true,
  versioned: true,
});

export const listAppointments = defineCall({
  method: "GET",
  path: "/appointments",
  summary: "Visits that the caller may see, in order of start",
  tag,
  access: "signed_in",
  query: z.object(listAppointmentsInput.shape),
  status: 200,
  response: listOf(appointment),
});

export const getAppointment = defineCall({
  method: "GET",
  path: "/appointments/{id}",
  summary: "One visit",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: appointment,
  versioned: true,
});

export const getAppointmentHistory = defineCall({
  method: "GET",
  path: "/appointments/{id}/history",
  summary: "What happened to a visit",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: listOf(appointmentEvent),
});

export const rescheduleAppointment = defineCall({
  method: "POST",
  path: "/appointments/{id}/reschedule",
  summary: "Move a visit",
  tag,
  access: "signed_in",
  params: idParams,
  body: rescheduleAppointmentInput.omit(besideUrl),
  status: 200,
  response: appointment,
  refusals: [
    "slot_unavailable",
    "patient_busy",
    "policy_refused",
    "invalid_transition",
    "forbidden",
    "version_conflict",
  ],
  versioned: true,
});

export const cancelAppointment = defineCall({
  method: "POST",
  path: "/appointments/{id}/cancel",
  summary: "Cancel a visit",
  tag,
  access: "signed_in",
  params: idParams,
  body: cancelAppointmentInput.omit(besideUrl),
  status: 200,
  response: appointment,
  refusals: ["policy_refused", "invalid_transition", "forbidden", "version_conflict"],
  versioned: true,
});

export const changeAppointmentStatus = defineCall({
  method: "POST",
  path: "/appointments/{id}/status",
  summary: "Record how a visit goes",
  tag,
  access: "staff",
  params: idParams,
  body: changeStatusInput.omit(besideUrl),
  status: 200,
  response: appointment,
  refusals: ["invalid_transition", "version_conflict"],
  versioned: true,
});

export const confirmAppointment = defineCall({
  method: "POST",
  path: "/appointments/{id}/confirm",
  summary: "The patient says that they are coming",
  tag,
  access: "signed_in",
  params: idParams,
  body: z.strictObject({}),
  status: 200,
  response: appointment,
  refusals: ["invalid_transition", "forbidden", "version_conflict"],
  versioned: true,
});

export const createSeries = defineCall({
  method: "POST",
  path: "/series",
  summary: "Book several visits, all or none",
  tag,
  access: "signed_in",
  body: bookSeriesInput,
  status: 201,
  response: z.object({ id: z.uuid(), items: z.array(appointment) }).loose(),
  refusals: ["not_found", "forbidden", "slot_unavailable", "patient_busy", "policy_refused"],
  creates: true,
});
