import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { calls } from "@/app/api/v1/_calls";
import { seedDemo } from "@/db/seed/main";
import type { Call } from "@/lib/platform/api";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";

const { db, owner, url } = await testDb({ statementTimeoutMs: 120_000 });
process.env.DATABASE_URL = url;
process.env.SLOTWELL_MODE = "development";
process.env.RATE_LIMIT_DISABLED = "true";
process.env.LOG_LEVEL = "silent";

const CALLERS = ["none", "patient", "doctor", "receptionist", "admin"] as const;
type Caller = (typeof CALLERS)[number];
const EMAIL: Record<Exclude<Caller, "none">, string> = {
  patient: "patient@demo.test",
  doctor: "doctor@demo.test",
  receptionist: "reception@demo.test",
  admin: "admin@demo.test",
};
const ADMITTED: Record<Call["access"], readonly Caller[]> = {
  public: CALLERS,
  signed_in: ["patient", "doctor", "receptionist", "admin"],
  staff: ["doctor", "receptionist", "admin"],
  doctor: ["doctor"],
  clinic: ["receptionist", "admin"],
  admin: ["admin"],
};

const tokens = new Map<Caller, string>();
/** By kind of object: one that belongs to somebody else than the patient and the doctor who ask. */
const foreign: Record<string, string> = {};

beforeAll(async () => {
  await seedDemo(db, new Date());
  for (const [caller, email] of Object.entries(EMAIL)) {
    const signedIn = await api("POST", "/auth/token", { body: { email, password: "demo-clinic-2026!" } });
    tokens.set(caller as Caller, signedIn.body.accessToken as string);
  }
  const [row] = await owner`
    select (select a.id from appointments a join doctors d on d.id = a.doctor_id left join users u on u.id = d.user_id
        join patients p on p.id = a.patient_id left join users pu on pu.id = p.user_id
        where a.status = 'booked' and a.starts_at > now() + interval '5 days' and u.email is distinct from 'doctor@demo.test'
          and pu.email is distinct from 'patient@demo.test' limit 1) as appointment,
      (select p.id from patients p left join users u on u.id = p.user_id where u.email is distinct from 'patient@demo.test' limit 1) as patient,
      (select d.id from doctors d left join users u on u.id = d.user_id where u.email is distinct from 'doctor@demo.test' limit 1) as calendar`;
  Object.assign(foreign, row);
  Object.assign(foreign, await addForeignRecord());
}, 120_000);

/** A record of somebody whom the doctor does not treat; sealed with nothing, as nobody gets to open it. */
async function addForeignRecord() {
  const [one] = await owner<{ patient: string; doctor: string }[]>`
    select p.id as patient, (select d.id from doctors d left join users u on u.id = d.user_id where u.email is distinct from 'doctor@demo.test' limit 1) as doctor
    from patients p left join users u on u.id = p.user_id where u.email is distinct from 'patient@demo.test'
      and not exists (select from appointments a join doctors d on d.id = a.doctor_id join users du on du.id = d.user_id
        where a.patient_id = p.id and du.email = 'doctor@demo.test')
      and not exists (select from medical_records r where r.patient_id = p.id) limit 1`;
  if (!one) throw new Error("the demo doctor treats everybody");
  const [key, record, attachment] = [randomUUID(), randomUUID(), randomUUID()];
  await owner`insert into data_keys (id, purpose, patient_id, version, kek_id, wrapped) values (${key}, 'patient', ${one.patient}, 99, 'k', 'x')`;
  await owner`insert into medical_records (id, patient_id, doctor_id, kind, status, release, released_at, occurred_at, signed_at, key_id)
    values (${record}, ${one.patient}, ${one.doctor}, 'visit_note', 'signed', 'released', now(), now(), now(), ${key})`;
  await owner`insert into record_versions (id, record_id, patient_id, number, doctor_id, content_sealed, key_id)
    values (${randomUUID()}, ${record}, ${one.patient}, 1, ${one.doctor}, 'x', ${key})`;
  await owner`insert into record_attachments (id, record_id, patient_id, content_type, size_bytes, storage_name, sha256, meta_sealed, key_id)
    values (${attachment}, ${record}, ${one.patient}, 'image/png', 1, 'x', 'x', 'x', ${key})`;
  return { records: one.patient, record, attachment };
}

/** A body that passes the schema, so that what answers is the permission. */
const BODIES: Record<string, unknown> = {
  "PATCH /me/sessions/{id}": { name: "the old laptop" },
  "PATCH /me/passkeys/{id}": { name: "the old phone" },
  "POST /appointments/{id}/reschedule": { start: "2031-01-06T09:00:00Z" },
  "POST /appointments/{id}/status": { status: "arrived" },
  "POST /patients/{id}/records": { kind: "visit_note", title: "T", body: "B" },
  "POST /records/{id}/withhold": { reason: "R" },
  "POST /records/{id}/enter-in-error": { reason: "R" },
  "POST /records/{id}/resolve": { resolved: true },
  "PUT /doctors/{id}/schedule": { rules: [] },
  "POST /doctors/{id}/exceptions": { kind: "leave", from: "2031-01-06T09:00:00Z", to: "2031-01-06T10:00:00Z" },
};
const QUERIES: Record<string, string> = { "/records/{id}/attachments": "?fileName=scan.pdf" };

/** Which object each call with an id speaks of; a call that is not here fails the test, so a new door needs a line. */
const KIND: Record<string, string> = {
  "/appointments/{id}": "appointment",
  "/appointments/{id}/history": "appointment",
  "/appointments/{id}/reschedule": "appointment",
  "/appointments/{id}/cancel": "appointment",
  "/appointments/{id}/status": "appointment",
  "/appointments/{id}/confirm": "appointment",
  "/holds/{id}": "appointment",
  "/holds/{id}/extend": "appointment",
  "/patients/{id}": "patient",
  "/patients/{id}/records": "records",
  "/patients/{id}/records/summary": "records",
  "/patients/{id}/access-log": "records",
  "/records/{id}": "record",
  "/records/{id}/versions": "record",
  "/records/{id}/sign": "record",
  "/records/{id}/release": "record",
  "/records/{id}/amend": "record",
  "/records/{id}/withhold": "record",
  "/records/{id}/enter-in-error": "record",
  "/records/{id}/resolve": "record",
  "/records/{id}/attachments": "record",
  "/attachments/{id}": "attachment",
  "/locations/{id}": "public",
  "/rooms/{id}": "clinic",
  "/services/{id}": "public",
  "/doctors/{id}": "public",
  "/doctors/{id}/schedule": "calendar",
  "/doctors/{id}/exceptions": "calendar",
  "/doctors/{id}/exceptions/{exceptionId}": "calendar",
  "/me/sessions/{id}": "session",
  "/me/passkeys/{id}": "passkey",
  "/me/passkeys/{id}/remove": "passkey",
  "/users/{id}": "user",
  "/users/{id}/reset-second-factor": "user",
};

const urlOf = (call: Call, id: string) =>
  call.path.replace("{id}", id).replace("{exceptionId}", randomUUID()) + (QUERIES[call.path] ?? "");
const bodyOf = (call: Call) => (call.body ? (BODIES[`${call.method} ${call.path}`] ?? {}) : undefined);
const ask = (call: Call, caller: Caller, id: string) =>
  api(call.method, urlOf(call, id), { token: tokens.get(caller), body: bodyOf(call) });

describe.each(calls.map((call) => [`${call.method} ${call.path}`, call] as const))("%s", (_name, call) => {
  it("turns away whom it does not admit, before it looks at anything else", async () => {
    for (const caller of CALLERS) {
      if (ADMITTED[call.access].includes(caller)) continue;
      const { status, body } = await api(call.method, urlOf(call, randomUUID()), {
        token: tokens.get(caller),
        body: call.body ? "{not json" : undefined,
      });
      expect([caller, status, body.code]).toEqual(
        caller === "none" ? [caller, 401, "unauthenticated"] : [caller, 403, "forbidden"],
      );
    }
  });

  it("refuses a dead token", async () => {
    const { status, body } = await api(call.method, urlOf(call, randomUUID()), {
      token: "dead.beef.token",
      body: bodyOf(call),
    });
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
  });

  if (call.path.includes("{")) {
    it("answers a foreign object exactly as one that does not exist", async () => {
      const kind = KIND[call.path];
      expect(kind, `${call.path} needs a line in KIND`).toBeDefined();
      const admitted = ADMITTED[call.access].filter((caller) => caller === "patient" || caller === "doctor");
      for (const caller of admitted) {
        const nowhere = await ask(call, caller, randomUUID());
        // A doctor keeps no calendar but their own, whether or not there is another.
        const isOthersCalendar = kind === "calendar" && call.method !== "GET";
        const refusal = isOthersCalendar ? [caller, 403, "forbidden"] : [caller, 404, "not_found"];
        expect([caller, nowhere.status, nowhere.body.code]).toEqual(refusal);
        const seen = foreign[kind as string];
        // Staff see every patient's data; nobody's own rooms or services are foreign to anybody.
        if (!seen || (kind === "patient" && caller === "doctor") || (kind === "calendar" && !isOthersCalendar))
          continue;
        const other = await ask(call, caller, seen);
        expect({ caller, status: other.status, body: other.body }).toEqual({
          caller,
          status: nowhere.status,
          body: nowhere.body,
        });
      }
    });

    it("takes an id that is none for an object that does not exist", async () => {
      const caller = ADMITTED[call.access].at(-1) as Caller;
      const { status } = await ask(call, caller, "not-an-id");
      expect(status).toBe(404);
    });
  }

  if (call.body) {
    it("refuses fields that it does not know, malformed JSON and huge bodies, each by name", async () => {
      const token = tokens.get(ADMITTED[call.access].at(-1) as Caller);
      const url = urlOf(call, randomUUID());
      for (const field of ["role", "id", "patientIdX", "isAdmin"]) {
        const body = { ...(bodyOf(call) as object), [field]: "x" };
        const reply = await api(call.method, url, { token, body });
        const known = reply.status === 400 && JSON.stringify(reply.body.errors).includes(field);
        expect({ field, status: reply.status, known }).toEqual({ field, status: 400, known: true });
      }
      expect((await api(call.method, url, { token, body: "{broken" })).body.code).toBe("validation_failed");
      expect((await api(call.method, url, { token, body: "null" })).body.code).toBe("validation_failed");
      expect((await api(call.method, url, { token, body: JSON.stringify({ a: "x".repeat(300_000) }) })).status).toBe(
        413,
      );
      expect((await api(call.method, url, { token, body: JSON.stringify({ reason: "a\u0000b" }) })).body.code).toBe(
        "validation_failed",
      );
    });
  }
});
