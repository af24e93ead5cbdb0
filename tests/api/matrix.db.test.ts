import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calls } from "@/app/api/v1/_calls";
import type { Actor } from "@/lib/domain/actor";
import type { Call } from "@/lib/platform/api";
import { admits } from "@/lib/platform/permissions";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";
import { isAboutThings, isForeign, nameOf, request } from "@/tests/support/rest-doors";
import { CALLERS, type Caller, canary, FOREIGN, OWN, ROLE_OF, type Things, town } from "@/tests/support/town";

// Every call of the REST API x seven callers x own, foreign and nonexistent things, and every body with fields smuggled in. The calls come from what
// there is: a new one fails here until tests/support/rest-doors.ts knows what it names.

const { db, owner, url } = await testDb({ statementTimeoutMs: 120_000 });
Object.assign(process.env, {
  ...{ DATABASE_URL: url, SLOTWELL_MODE: "development", RATE_LIMIT_DISABLED: "true", LOG_LEVEL: "silent" },
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "slotwell-matrix-")),
});
let t: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
  t = await town(db, owner);
}, 60_000);

let cases = 0;
afterAll(() => console.log(`${cases} cases over ${calls.length} calls`));

/** Callers whose view of things is narrower than everybody's. */
const BOUND = ["patient", "parent", "doctor", "stranger"] as const;
const actorOf = (caller: Caller): Actor => (caller === "none" ? { kind: "anonymous" } : t.actors[caller]);
const isAdmitted = (call: Call, caller: Caller) => admits(call.access, actorOf(caller));

const tokens = new Map<Caller, string | undefined>();
/** A sign-in serves one call's tests, as some calls end others. */
const signOut = () => tokens.clear();
async function tokenOf(caller: Caller): Promise<string | undefined> {
  if (!tokens.has(caller)) tokens.set(caller, (await t.signIn(caller)).token);
  return tokens.get(caller);
}

/** Ids that nothing has, of every kind. */
const nothings = (): Things => Object.fromEntries(Object.keys(t.of.ana).map((kind) => [kind, randomUUID()])) as Things;
/** Nothing that is somebody's, but the clinic as it is: where a body names both. */
const nobodys = (like: Things): Things => ({
  ...nothings(),
  ...{ service: like.service, location: like.location, room: like.room, doctor: like.doctor },
});

async function ask(call: Call, caller: Caller, things: Things, more: { smuggled?: object; start?: string } = {}) {
  cases += 1;
  const { url: path_, body } = request(call, things, more.start ?? t.freshStart());
  const token = await tokenOf(caller);
  const sent = more.smuggled ? { ...(body as object), ...more.smuggled } : body;
  const reply = await api(call.method, path_, { token, body: sent });
  if (caller === "patient" || caller === "parent") expect(JSON.stringify(reply.body)).not.toContain("canary-bo");
  return reply;
}

describe.each(calls.map((call) => [nameOf(call), call] as const))("%s", (_name, call) => {
  beforeAll(signOut);

  it("turns away whom it does not admit, before it looks at anything else", async () => {
    for (const caller of CALLERS) {
      if (isAdmitted(call, caller)) continue;
      for (const things of [t.of.ana, t.of.bo, nothings()]) {
        const { url: path_ } = request(call, things, "");
        cases += 1;
        const token = await tokenOf(caller);
        const { status, body } = await api(call.method, path_, { token, body: call.body ? "{not json" : undefined });
        expect([caller, status, body.code]).toEqual(
          caller === "none" ? [caller, 401, "unauthenticated"] : [caller, 403, "forbidden"],
        );
      }
    }
  });

  it("refuses a dead token", async () => {
    cases += 1;
    const { url: path_, body } = request(call, t.of.ana, t.freshStart());
    const reply = await api(call.method, path_, { token: "dead.beef.token", body });
    expect([reply.status, reply.body.code]).toEqual([401, "unauthenticated"]);
  });

  if (isAboutThings(call)) {
    it("answers a foreign thing exactly as one that does not exist", async () => {
      for (const caller of BOUND) {
        if (!isAdmitted(call, caller) || !isForeign(call, ROLE_OF[caller])) continue;
        const start = t.freshStart();
        const foreign = t.of[FOREIGN[caller]];
        const before = await t.digest(FOREIGN[caller]);
        const isOthersCalendar = call.path.startsWith("/doctors/");
        const nowhere = await ask(call, caller, isOthersCalendar ? nothings() : nobodys(foreign), { start });
        const other = await ask(call, caller, foreign, { start });
        expect({ caller, status: other.status, body: other.body }).toEqual({
          ...{ caller, status: nowhere.status, body: nowhere.body },
        });
        if (call.path.includes("{")) expect([caller, nowhere.status]).toEqual([caller, isOthersCalendar ? 403 : 404]);
        expect([caller, await t.digest(FOREIGN[caller])]).toEqual([caller, before]);
      }
    });

    it("knows the caller's own", async () => {
      for (const caller of CALLERS) {
        if (caller === "none" || !isAdmitted(call, caller)) continue;
        const { status, body } = await ask(call, caller, t.of[OWN[caller]]);
        expect([caller, status, body.code].join(" ")).not.toMatch(/ (401|5\d\d) /);
      }
    });
  }

  if (call.path.includes("{")) {
    it("takes an id that is none for a thing that does not exist", async () => {
      for (const caller of CALLERS) {
        if (!isAdmitted(call, caller)) continue;
        for (const id of ["not-an-id", "0", "' or 1=1 --"]) {
          const things = Object.fromEntries(Object.keys(t.of.ana).map((kind) => [kind, id])) as Things;
          const encoded = Object.fromEntries(
            Object.entries(things).map(([kind, one]) => [kind, encodeURIComponent(one)]),
          );
          const { status } = await ask(call, caller, encoded as Things);
          expect([caller, id, status]).toEqual([caller, id, 404]);
        }
      }
    });
  }

  if (call.body) {
    it("refuses fields that it does not know from everybody, by name", async () => {
      for (const caller of CALLERS) {
        if (!isAdmitted(call, caller)) continue;
        for (const field of ["role", "id", "patientIdX", "isAdmin", "userId", "actor", "__proto__x"]) {
          const { status, body } = await ask(call, caller, nothings(), { smuggled: { [field]: "x" } });
          const isKnown = status === 400 && JSON.stringify(body.errors).includes(field);
          expect({ caller, field, status, isKnown }).toEqual({ caller, field, status: 400, isKnown: true });
        }
      }
    });

    it("refuses malformed JSON, other values than objects, and huge bodies", async () => {
      const caller = CALLERS.findLast((one) => isAdmitted(call, one)) as Caller;
      const token = await tokenOf(caller);
      const { url: path_ } = request(call, nothings(), "");
      for (const body of ["{broken", "null", "[]", '"x"', "1", JSON.stringify({ reason: "a\u0000b" })]) {
        cases += 1;
        expect([body, (await api(call.method, path_, { token, body })).body.code]).toEqual([body, "validation_failed"]);
      }
      const huge = JSON.stringify({ a: "x".repeat(300_000) });
      expect((await api(call.method, path_, { token, body: huge })).status).toBe(413);
    });
  }
});

it("shows a patient nothing of another's, whichever list they ask for", async () => {
  for (const call of calls.filter(
    ({ method, path: one, access }) => method === "GET" && !one.includes("{") && access !== "admin",
  )) {
    for (const caller of BOUND) {
      if (!isAdmitted(call, caller)) continue;
      const { body } = await ask(call, caller, nothings());
      for (const what of ["visit", "record", "account"] as const)
        expect(JSON.stringify(body)).not.toContain(canary(what, FOREIGN[caller]));
    }
  }
});
