import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { calls } from "@/app/api/v1/_calls";
import type { Actor } from "@/lib/domain/actor";
import { sessionCookieName } from "@/lib/platform/host-cookie";
import type * as Permissions from "@/lib/platform/permissions";
import type * as Access from "@/lib/records/access";
import { act, formOf } from "@/tests/support/act";
import { ACTIONS } from "@/tests/support/action-doors";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";
import { nameOf, request } from "@/tests/support/rest-doors";
import { serverFiles } from "@/tests/support/server-files";
import { type Caller, canary, FOREIGN, town } from "@/tests/support/town";

// The application says yes to everybody: whatever is still kept from them, row-level security keeps. Nobody reaches this but a test, as it replaces
// modules in the test's own process.

const checks = vi.hoisted(() => ({ areOff: false }));
vi.mock("@/lib/platform/permissions", async (original) => {
  const permissions = await original<typeof Permissions>();
  const yes = <A extends unknown[]>(ask: (...asked: A) => boolean, actorOf: (asked: A) => Actor) => {
    return (...asked: A) => (checks.areOff ? actorOf(asked).kind !== "anonymous" : ask(...asked));
  };
  const { may, mayAtAll, mayKeepAccount, admits, admitsRole } = permissions;
  const reach: typeof Permissions.reach = (...asked) => (checks.areOff ? ["any"] : permissions.reach(...asked));
  return {
    ...{ reach, may: yes(may, ([actor]) => actor), mayAtAll: yes(mayAtAll, ([actor]) => actor) },
    ...{ mayKeepAccount, admits: yes(admits, ([, actor]) => actor), admitsRole: yes(admitsRole, ([, actor]) => actor) },
  };
});
vi.mock("@/lib/records/access", async (original) => {
  const access = await original<typeof Access>();
  const accessTo: typeof Access.accessTo = async (...asked) =>
    (await access.accessTo(...asked)) ?? (checks.areOff ? "treating" : null);
  return {
    ...access,
    accessTo,
    mayWrite: (...asked: Parameters<typeof access.mayWrite>) => checks.areOff || access.mayWrite(...asked),
  };
});
vi.mock("next/headers", async () => (await import("@/tests/support/act")).nextHeaders);
vi.mock("next/cache", async () => (await import("@/tests/support/act")).nextCache);
vi.mock("next-intl/server", async () => (await import("@/tests/support/act")).nextIntlServer);

const { db, owner, url } = await testDb({ statementTimeoutMs: 120_000 });
Object.assign(process.env, {
  ...{ DATABASE_URL: url, SLOTWELL_MODE: "development", RATE_LIMIT_DISABLED: "true", LOG_LEVEL: "silent" },
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "slotwell-policies-")),
});
let t: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
  t = await town(db, owner);
  checks.areOff = true;
}, 60_000);

const BOUND = ["patient", "parent", "doctor", "stranger", "receptionist"] as const;
type Bound = (typeof BOUND)[number];

const RECORDS = ["medical_records", "record_versions", "record_attachments"];
const SIGN_IN = ["totp_secrets", "recovery_codes", "passkeys", "refresh_tokens", "account_tokens"];
/** Tables of which the role may change others' rows: staff keep everybody's names and addresses, reception everybody's visits. */
const MAY_CHANGE: Record<Bound, (table: string) => boolean> = {
  patient: () => false,
  parent: () => false,
  // Breaking the glass is open to every doctor, and needs a key of the patient's.
  doctor: (table) => ["patients", "break_glass", "data_keys"].includes(table),
  stranger: (table) => ["patients", "break_glass", "data_keys"].includes(table),
  receptionist: (table) => ![...RECORDS, ...SIGN_IN, "sessions", "users"].includes(table),
};
/** What the role may not read of others whatever the application says. */
const HIDDEN: Record<Bound, readonly ("name" | "visit" | "record" | "account")[]> = {
  patient: ["name", "visit", "record", "account"],
  parent: ["name", "visit", "record", "account"],
  doctor: ["visit", "record", "account"],
  stranger: ["visit", "record", "account"],
  receptionist: ["record", "account"],
};

let cases = 0;
afterAll(() => console.log(`${cases} cases with the application's checks off`));

const signIns = new Map<Caller, Awaited<ReturnType<typeof t.signIn>>>();
async function signedIn(caller: Bound) {
  const known = signIns.get(caller) ?? (await t.signIn(caller));
  signIns.set(caller, known);
  return known;
}

/** As the last knock left it; nobody else is there meanwhile. */
const last = new Map<Caller, [string, string][]>();

/** Knocks at a door about somebody else's things, and looks at what was told and what became of them. */
async function knock(caller: Bound, work: (as: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>) {
  const who = FOREIGN[caller];
  const kept = async () => Object.entries(await t.digest(who)).filter(([table]) => !MAY_CHANGE[caller](table));
  const as = await signedIn(caller);
  const before = last.get(caller) ?? (await kept());
  const told = JSON.stringify((await work(as)) ?? null);
  cases += 1;
  for (const what of HIDDEN[caller])
    expect([caller, told]).not.toEqual([caller, expect.stringContaining(canary(what, who))]);
  const after = await kept();
  last.set(caller, after);
  expect([caller, after]).toEqual([caller, before]);
}

describe.each(BOUND)("row-level security alone keeps from %s", (caller) => {
  it.each(calls.map((call) => [nameOf(call), call] as const))("%s", async (_name, call) => {
    signIns.delete(caller);
    const { url: path_, body } = request(call, t.of[FOREIGN[caller]], t.freshStart());
    await knock(caller, async ({ token }) => (await api(call.method, path_, { token, body })).body);
  });

  it.each([...ACTIONS])("%s", async (name, door) => {
    signIns.delete(caller);
    const [file = "", export_ = ""] = name.split("#");
    const action = ((await import(path.resolve(file))) as Record<string, (...args: unknown[]) => Promise<unknown>>)[
      export_
    ];
    const things = t.of[FOREIGN[caller]];
    const { helperEmail, helperDoctor } = t;
    const sent = door.send?.({ things, start: t.freshStart(), helperEmail, helperDoctor }) ?? {};
    await knock(caller, ({ cookie }) =>
      act({ name: sessionCookieName(), value: cookie as string }, async () => {
        if (door.face === "value") return action?.(sent);
        return door.face === "plain" ? action?.(formOf(sent)) : action?.({ status: "idle" }, formOf(sent));
      }),
    );
  });
});

it("knows every action", () => {
  expect(new Set([...ACTIONS.keys()].map((name) => name.split("#")[0]))).toEqual(new Set(serverFiles()));
});
