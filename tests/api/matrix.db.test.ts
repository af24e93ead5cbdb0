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
}, 120_000);

/** A body that passes the schema, so that what answers is the permission. */
const BODIES: Record<string, unknown> = {
  "PATCH /me/sessions/{id}": { name: "the old laptop" },
  "PATCH /me/passkeys/{id}": { name: "the old phone" },
  "POST /appointments/{id}/reschedule": { start: "2031-01-06T09:00:00Z" },
  "POST /appointments/{id}/status": { status: "arrived" },
  "PUT /doctors/{id}/schedule": { rules: [] },
  "POST /doctors/{id}/exceptions": { kind: "leave", from: "2031-01-06T09:00:00Z", to: "2031-01-06T10:00:00Z" },
};
const QUERIES: Record<string, string> = {};

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
      const token = tokens.get("admin");
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
