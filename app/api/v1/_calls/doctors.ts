import { z } from "zod";
import {
  createDoctorInput,
  createExceptionBody,
  listDoctorsInput,
  listExceptionsInput,
  putScheduleBody,
  updateDoctorBody,
} from "@/lib/doctors/schemas";
import { doctorView, exceptionView, scheduleView } from "@/lib/doctors/views";
import { defineCall } from "@/lib/platform/api";
import { appointment, idParams, listOf } from "./shapes";

const tag = "Doctors";
const PUBLIC_SECONDS = 30;
const doctor = doctorView.meta({ id: "Doctor" });
const schedule = scheduleView.meta({ id: "Schedule" });
const exception = exceptionView.meta({ id: "ScheduleException" });
const exceptionParams = idParams.extend({ exceptionId: z.uuid() });

export const listDoctors = defineCall({
  method: "GET",
  path: "/doctors",
  summary: "Doctors, in order of name",
  tag,
  access: "public",
  query: z.object(listDoctorsInput.shape),
  status: 200,
  response: listOf(doctor),
  refusals: ["forbidden"],
  cacheSeconds: PUBLIC_SECONDS,
});
export const getDoctor = defineCall({
  method: "GET",
  path: "/doctors/{id}",
  summary: "One doctor",
  tag,
  access: "public",
  params: idParams,
  status: 200,
  response: doctor,
  versioned: true,
  cacheSeconds: PUBLIC_SECONDS,
});
export const createDoctor = defineCall({
  method: "POST",
  path: "/doctors",
  summary: "Add a doctor, who is invited by mail",
  tag,
  access: "admin",
  body: createDoctorInput,
  status: 201,
  response: doctor,
  refusals: ["conflict"],
  creates: true,
  versioned: true,
});
export const updateDoctor = defineCall({
  method: "PATCH",
  path: "/doctors/{id}",
  summary: "Change a doctor",
  tag,
  access: "admin",
  params: idParams,
  body: updateDoctorBody,
  status: 200,
  response: doctor,
  refusals: ["conflict"],
  versioned: true,
});
export const getSchedule = defineCall({
  method: "GET",
  path: "/doctors/{id}/schedule",
  summary: "A doctor's weekly hours",
  tag,
  access: "staff",
  params: idParams,
  status: 200,
  response: schedule,
  versioned: true,
});
export const putSchedule = defineCall({
  method: "PUT",
  path: "/doctors/{id}/schedule",
  summary: "Replace a doctor's weekly hours",
  tag,
  access: "staff",
  params: idParams,
  body: putScheduleBody,
  status: 200,
  response: schedule,
  versioned: true,
});
export const listExceptions = defineCall({
  method: "GET",
  path: "/doctors/{id}/exceptions",
  summary: "A doctor's leave and extra hours",
  tag,
  access: "staff",
  params: idParams,
  query: z.object(listExceptionsInput.omit({ doctorId: true }).shape),
  status: 200,
  response: listOf(exception),
});
export const createException = defineCall({
  method: "POST",
  path: "/doctors/{id}/exceptions",
  summary: "Enter leave or extra hours; leave answers with the visits it falls upon",
  tag,
  access: "staff",
  params: idParams,
  body: createExceptionBody,
  status: 201,
  response: exceptionView.extend({ affectedAppointments: z.array(appointment) }).meta({ id: "CreatedException" }),
  creates: true,
});
export const deleteException = defineCall({
  method: "DELETE",
  path: "/doctors/{id}/exceptions/{exceptionId}",
  summary: "Take leave or extra hours back",
  tag,
  access: "staff",
  params: exceptionParams,
  status: 204,
});
