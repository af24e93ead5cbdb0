import { z } from "zod";
import { listAuditEventsInput } from "@/lib/audit/schemas";
import { auditEventView } from "@/lib/audit/views";
import { createPatientInput, listPatientsInput, updatePatientBody } from "@/lib/patients/schemas";
import { createdPatientView, patientView } from "@/lib/patients/views";
import { defineCall } from "@/lib/platform/api";
import { idParams, listOf } from "./shapes";

const tag = "Patients";
const patient = patientView.meta({ id: "Patient" });

export const listPatients = defineCall({
  method: "GET",
  path: "/patients",
  summary: "Patients: staff search everybody, a patient sees whom they stand for",
  tag,
  access: "signed_in",
  query: z.object(listPatientsInput.shape),
  status: 200,
  response: listOf(patient),
});
export const getPatient = defineCall({
  method: "GET",
  path: "/patients/{id}",
  summary: "One patient",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: patient,
  versioned: true,
});
export const createPatient = defineCall({
  method: "POST",
  path: "/patients",
  summary: "Register a patient",
  tag,
  access: "staff",
  body: createPatientInput,
  status: 201,
  response: createdPatientView.meta({ id: "CreatedPatient" }),
  creates: true,
  versioned: true,
});
export const updatePatient = defineCall({
  method: "PATCH",
  path: "/patients/{id}",
  summary: "Change a patient's data; patients change how they are reached",
  tag,
  access: "signed_in",
  params: idParams,
  body: updatePatientBody,
  status: 200,
  response: patient,
  refusals: ["forbidden"],
  versioned: true,
});

export const listAuditEvents = defineCall({
  method: "GET",
  path: "/audit-events",
  summary: "What was changed by whom, the latest first",
  tag: "Audit",
  access: "admin",
  query: z.object(listAuditEventsInput.shape),
  status: 200,
  response: listOf(auditEventView.meta({ id: "AuditEvent" })),
});
