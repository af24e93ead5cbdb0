import type { Role } from "@/lib/domain/actor";
import type { Call } from "@/lib/platform/api";
import type { Kind, Things } from "./town";

// What the matrix and the fuzzer know of the calls of the REST API beyond what the calls say themselves. A new call needs a line here where it has
// `{id}` in its path, or a body whose members are not all optional.

/** Which thing the path names. */
export const KIND_OF_PATH: Record<string, Kind> = {
  "/appointments/{id}": "appointment",
  "/appointments/{id}/history": "appointment",
  "/appointments/{id}/reschedule": "appointment",
  "/appointments/{id}/cancel": "appointment",
  "/appointments/{id}/status": "appointment",
  "/appointments/{id}/confirm": "appointment",
  "/holds/{id}": "hold",
  "/holds/{id}/extend": "hold",
  "/waitlist/{id}": "wish",
  "/waitlist/offers/{id}/accept": "offer",
  "/waitlist/offers/{id}/decline": "offer",
  "/patients/{id}": "patient",
  "/patients/{id}/records": "patient",
  "/patients/{id}/records/summary": "patient",
  "/patients/{id}/access-log": "patient",
  "/patients/{id}/export": "patient",
  "/patients/{id}/consents": "patient",
  "/patients/{id}/erasure": "patient",
  "/patients/{id}/erasure-requests": "patient",
  "/records/{id}": "record",
  "/records/{id}/versions": "record",
  "/records/{id}/sign": "draft",
  "/records/{id}/release": "record",
  "/records/{id}/amend": "record",
  "/records/{id}/withhold": "record",
  "/records/{id}/enter-in-error": "record",
  "/records/{id}/resolve": "record",
  "/records/{id}/attachments": "draft",
  "/attachments/{id}": "attachment",
  "/emergency-access/{id}": "glass",
  "/record-grants/{id}": "recordGrant",
  "/record-templates/{id}": "template",
  "/locations/{id}": "location",
  "/rooms/{id}": "room",
  "/services/{id}": "service",
  "/doctors/{id}": "doctor",
  "/doctors/{id}/schedule": "doctor",
  "/doctors/{id}/exceptions": "doctor",
  "/doctors/{id}/exceptions/{exceptionId}": "doctor",
  "/me/sessions/{id}": "session",
  "/me/passkeys/{id}": "passkey",
  "/me/passkeys/{id}/remove": "passkey",
  "/notifications/{id}/replay": "message",
  "/users/{id}": "account",
  "/users/{id}/reset-second-factor": "account",
};
/** Where one path names different things by method. */
const KIND_OF_CALL: Record<string, Kind> = {
  "DELETE /attachments/{id}": "draftFile",
  "DELETE /records/{id}": "draft",
  "PATCH /records/{id}": "draft",
};

type Ask = { things: Things; start: string };

/** Bodies that pass the schema, so that what answers is the permission. */
export const BODIES: Record<string, (ask: Ask) => unknown> = {
  "PATCH /me/sessions/{id}": () => ({ name: "the old laptop" }),
  "PATCH /me/passkeys/{id}": () => ({ name: "the old phone" }),
  "POST /appointments/{id}/reschedule": ({ start }) => ({ start }),
  "POST /appointments/{id}/status": () => ({ status: "arrived" }),
  "POST /patients/{id}/records": () => ({ kind: "visit_note", title: "T", body: "B" }),
  // Another's number, so that nobody is erased here.
  "POST /patients/{id}/erasure": () => ({ recordNumber: "P-0" }),
  "POST /patients/{id}/consents": () => ({ kind: "recalls", given: true }),
  "POST /records/{id}/withhold": () => ({ reason: "R" }),
  "POST /records/{id}/enter-in-error": () => ({ reason: "R" }),
  "POST /records/{id}/resolve": () => ({ resolved: true }),
  "POST /emergency-access": ({ things }) => ({ patientId: things.patient, reason: "nobody else is here" }),
  "POST /record-grants": ({ things }) => ({ patientId: things.patient, doctorId: things.doctor, reason: "R" }),
  "POST /record-templates": () => ({ name: "N", title: "T", body: "B" }),
  "PUT /doctors/{id}/schedule": () => ({ rules: [] }),
  "POST /doctors/{id}/exceptions": () => ({ kind: "leave", from: "2031-01-06T09:00:00Z", to: "2031-01-06T10:00:00Z" }),
  "POST /holds": ({ things, start }) => visitBody(things, { start }),
  "POST /appointments": ({ things, start }) => visitBody(things, { start }),
  "POST /waitlist": ({ things }) => ({
    ...{ serviceId: things.service, patientId: things.patient, from: "2031-01-01", to: "2099-01-01" },
  }),
  "POST /series": ({ things, start }) => visitBody(things, { starts: [start] }),
};
const visitBody = ({ service, doctor, patient }: Things, more: object) => ({
  ...{ serviceId: service, doctorId: doctor, patientId: patient, ...more },
});

/** Queries that name whose things are asked for, and those without which a call is refused. */
const QUERIES: Record<string, (things: Things) => string> = {
  "POST /records/{id}/attachments": () => "?fileName=scan.pdf",
  "GET /waitlist": ({ patient }) => `?patientId=${patient}`,
  "GET /appointments": ({ patient }) => `?patientId=${patient}`,
  "GET /emergency-access": ({ patient }) => `?patientId=${patient}`,
  "GET /record-grants": ({ patient }) => `?patientId=${patient}`,
  "GET /notifications": ({ appointment }) => `?appointmentId=${appointment}`,
};

export const nameOf = ({ method, path }: Pick<Call, "method" | "path">) => `${method} ${path}`;

export const kindOf = (call: Call): Kind => {
  const kind = KIND_OF_CALL[nameOf(call)] ?? KIND_OF_PATH[call.path];
  if (kind) return kind;
  throw new Error(
    `${nameOf(call)} is a new door: say which thing its {id} names in KIND_OF_PATH of tests/support/rest-doors.ts; a new kind of thing needs one of each patient in tests/support/town.ts. A body that needs members goes to BODIES there.`,
  );
};

/** The call's path and body about these things. */
export function request(call: Call, things: Things, start: string): { url: string; body: unknown } {
  const id = call.path.includes("{id}") ? things[kindOf(call)] : "";
  const path = call.path.replace("{id}", id).replace("{exceptionId}", things.exception);
  const url = path + (QUERIES[nameOf(call)]?.(things) ?? "");
  return { url, body: call.body ? (BODIES[nameOf(call)]?.({ things, start }) ?? {}) : undefined };
}

/** Whether the call says whose things it is about: by its path, its body or its query. */
export const isAboutThings = (call: Call) =>
  call.path.includes("{") ||
  nameOf(call) in QUERIES ||
  ["POST /holds", "POST /appointments", "POST /series", "POST /waitlist", "POST /record-grants"].includes(nameOf(call));

/**
 * Whether what the call names can be somebody else's to an account of this role: doctors see every patient's name and every doctor's hours; rooms,
 * places, services and templates are nobody's.
 */
export function isForeign(call: Call, role: Role): boolean {
  const isDoctor = role === "doctor";
  if (!call.path.includes("{")) return !isDoctor || call.method === "GET";
  const kind = kindOf(call);
  if (["service", "location", "room", "template"].includes(kind)) return false;
  if (kind === "doctor") return isDoctor && call.method !== "GET";
  return !(isDoctor && call.path === "/patients/{id}");
}
