import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sessionCookieName } from "@/lib/platform/host-cookie";
import { act, formOf, type Outcome } from "@/tests/support/act";
import { ACTIONS, type ActionDoor } from "@/tests/support/action-doors";
import { testDb } from "@/tests/support/db";
import { serverFiles } from "@/tests/support/server-files";
import { CALLERS, type Caller, FOREIGN, nobodys, OWN, ROLE_OF, type Things, town } from "@/tests/support/town";

// Every server action x seven callers x own, foreign and nonexistent things, and with fields smuggled in, called as Next calls them. The actions
// come from the exports of the 'use server' files; tests/e2e/doors.e2e.ts compares them with those that were built.

vi.mock("next/headers", async () => (await import("@/tests/support/act")).nextHeaders);
vi.mock("next/cache", async () => (await import("@/tests/support/act")).nextCache);
vi.mock("next-intl/server", async () => (await import("@/tests/support/act")).nextIntlServer);

const { db, owner, url } = await testDb({ statementTimeoutMs: 120_000 });
Object.assign(process.env, {
  ...{ DATABASE_URL: url, SLOTWELL_MODE: "development", RATE_LIMIT_DISABLED: "true", LOG_LEVEL: "silent" },
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "slotwell-actions-")),
});
let t: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
  t = await town(db, owner);
}, 60_000);

let cases = 0;
afterAll(() => console.log(`${cases} cases over ${ACTIONS.size} actions`));

const BOUND = ["patient", "parent", "doctor", "stranger"] as const;
const found = await Promise.all(
  serverFiles().map(async (file) => [file, (await import(path.resolve(file))) as Record<string, unknown>] as const),
);
const exported = found.flatMap(([file, module]) =>
  Object.entries(module).map(([name, one]) => [`${file}#${name}`, one] as const),
);

const isAdmitted = ({ access }: ActionDoor, caller: Caller) =>
  access === "public" || (caller !== "none" && (access === "signed_in" || access.includes(ROLE_OF[caller])));

const cookies = new Map<Caller, string | undefined>();
/** A sign-in serves one action's tests, as some actions end others. */
async function cookieOf(caller: Caller): Promise<string | undefined> {
  if (!cookies.has(caller)) cookies.set(caller, (await t.signIn(caller)).cookie);
  return cookies.get(caller);
}

type Call = { door: ActionDoor; action: (...args: unknown[]) => Promise<unknown> };

async function run(
  { door, action }: Call,
  caller: Caller,
  things: Things,
  more: { start?: string; smuggled?: object } = {},
) {
  cases += 1;
  const ask = { things, start: more.start ?? t.freshStart(), helperEmail: t.helperEmail, helperDoctor: t.helperDoctor };
  const values = { ...door.send?.(ask), ...more.smuggled };
  const cookie = await cookieOf(caller);
  return act(cookie ? { name: sessionCookieName(), value: cookie } : null, () => {
    if (door.face === "value") return action(values);
    return door.face === "plain" ? action(formOf(values)) : action({ status: "idle" }, formOf(values));
  });
}

/** The code of a refusal, whichever face gave it. */
const codeOf = ({ answer }: Outcome) => (answer as { code?: string | null } | undefined)?.code ?? null;
/** An outcome without ids, and without what was typed. */
const neutral = (outcome: Outcome) =>
  JSON.stringify(outcome)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/"values":\{.*?\}/, "");
const everybody = async () => Promise.all((["ana", "bo", "cy"] as const).map((who) => t.digest(who)));

describe("files of actions", () => {
  it("export actions and nothing else, each of them in tests/support/action-doors.ts", () => {
    const stray = exported.filter(([name, one]) => typeof one !== "function" || !name.endsWith("Action"));
    expect(
      stray.map(([name]) => name),
      "whatever a 'use server' file exports can be called by anybody",
    ).toEqual([]);
    const hint =
      "a new action needs a line in tests/support/action-doors.ts: its face, whom it admits, what it is sent";
    expect(exported.map(([name]) => name).sort(), hint).toEqual([...ACTIONS.keys()].sort());
  });
});

const doors = exported.map(([name, action]) => [name, { door: ACTIONS.get(name), action } as Call] as const);
describe.each(doors.filter(([name]) => ACTIONS.has(name)))("%s", (_name, call) => {
  const { door } = call;

  beforeAll(async () => {
    cookies.clear();
    await Promise.all(CALLERS.map(cookieOf));
  });

  it("does nothing for whom it does not admit", async () => {
    const before = await everybody();
    for (const caller of CALLERS) {
      if (isAdmitted(door, caller)) continue;
      for (const things of [t.of.ana, t.of.bo, t.of.cy, nobodys(t.of.ana)]) {
        const outcome = await run(call, caller, things);
        if (door.face === "plain") expect(outcome.leadsTo).toBeDefined();
        else expect([caller, codeOf(outcome)]).toEqual([caller, caller === "none" ? "unauthenticated" : "forbidden"]);
      }
    }
    expect(await everybody()).toEqual(before);
  });

  it("treats a foreign thing exactly as one that does not exist", async () => {
    for (const caller of BOUND) {
      if (!door.send || !isAdmitted(door, caller) || door.seesAll?.includes(ROLE_OF[caller] as never)) continue;
      const [foreign, start] = [t.of[FOREIGN[caller]], t.freshStart()];
      const nothing = nobodys(foreign);
      const before = await t.digest(FOREIGN[caller]);
      const nowhere = await run(call, caller, nothing, { start });
      const other = await run(call, caller, foreign, { start });
      expect([caller, neutral(other)]).toEqual([caller, neutral(nowhere)]);
      expect(JSON.stringify(other)).not.toMatch(new RegExp(`(visit|record|account)-canary-${FOREIGN[caller]}`));
      expect([caller, await t.digest(FOREIGN[caller])]).toEqual([caller, before]);
    }
  });

  it("answers everybody whom it admits", async () => {
    for (const caller of CALLERS) {
      if (!isAdmitted(door, caller)) continue;
      const own = caller === "none" ? "ana" : OWN[caller];
      const outcome = await run(call, caller, t.of[own]);
      expect([caller, codeOf(outcome)]).not.toEqual([caller, "internal_error"]);
      if (door.access !== "public") expect([caller, codeOf(outcome)]).not.toEqual([caller, "unauthenticated"]);
    }
  });

  it("refuses fields that it does not know, and ids that are none", async () => {
    for (const caller of CALLERS) {
      if (!isAdmitted(door, caller)) continue;
      for (const field of ["userId", "patientIdX", "isAdmin", "actor", "roleX", "doctorIdX"]) {
        const outcome = await run(call, caller, nobodys(t.of.ana), { smuggled: { [field]: "x" } });
        if (door.face === "plain") continue;
        const errors = JSON.stringify((outcome.answer as { errors?: unknown }).errors ?? []);
        expect([caller, field, codeOf(outcome), errors.includes(`"${field}"`)]).toEqual([
          caller,
          field,
          "validation_failed",
          true,
        ]);
      }
      const none = Object.fromEntries(Object.keys(t.of.ana).map((kind) => [kind, "' or 1=1 --"])) as Things;
      expect([caller, codeOf(await run(call, caller, none))]).not.toEqual([caller, "internal_error"]);
    }
  });
});
