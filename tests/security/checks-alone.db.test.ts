import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { calls } from "@/app/api/v1/_calls";
import { sessionCookieName } from "@/lib/platform/host-cookie";
import { admits } from "@/lib/platform/permissions";
import { act, formOf } from "@/tests/support/act";
import { ACTIONS } from "@/tests/support/action-doors";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";
import { isAboutThings, isForeign, nameOf, request } from "@/tests/support/rest-doors";
import { FOREIGN, nobodys, ROLE_OF, type Things, town } from "@/tests/support/town";

// The other half of tests/security/policies-alone.db.test.ts: row-level security is off, so that whatever is kept from somebody the application's own
// checks keep, by the table of permissions. Without it, a rule that was opened by mistake would show nowhere.

vi.mock("next/headers", async () => (await import("@/tests/support/act")).nextHeaders);
vi.mock("next/cache", async () => (await import("@/tests/support/act")).nextCache);
vi.mock("next-intl/server", async () => (await import("@/tests/support/act")).nextIntlServer);

const { db, owner, url } = await testDb({ statementTimeoutMs: 120_000 });
Object.assign(process.env, {
  ...{ DATABASE_URL: url, SLOTWELL_MODE: "development", RATE_LIMIT_DISABLED: "true", LOG_LEVEL: "silent" },
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "slotwell-checks-")),
});
let t: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
  t = await town(db, owner);
  const guarded = await owner<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity`;
  for (const { name } of guarded) await owner`alter table ${owner(name)} disable row level security`;
}, 60_000);

const BOUND = ["patient", "parent", "doctor", "stranger"] as const;
type Bound = (typeof BOUND)[number];
let cases = 0;
afterAll(() => console.log(`${cases} cases with row-level security off`));

const plain = (told: unknown) =>
  JSON.stringify(told)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/"values":\{.*?\}/, "");

/** What is told of somebody else's thing is what is told of nothing, and nothing became of it. */
async function compare(caller: Bound, knock: (things: Things, start: string) => Promise<unknown>) {
  const who = FOREIGN[caller];
  const [start, before] = [t.freshStart(), await t.digest(who)];
  const nowhere = plain(await knock(nobodys(t.of[who]), start));
  const other = plain(await knock(t.of[who], start));
  cases += 2;
  expect([caller, other]).toEqual([caller, nowhere]);
  expect(other).not.toMatch(new RegExp(`(visit|record|account)-canary-${who}`));
  expect([caller, await t.digest(who)]).toEqual([caller, before]);
}

describe.each(BOUND)("the application's checks alone keep from %s", (caller) => {
  const about = calls.filter((call) => isAboutThings(call) && isForeign(call, ROLE_OF[caller]));
  it.each(about.map((call) => [nameOf(call), call] as const))("%s", async (_name, call) => {
    if (!admits(call.access, t.actors[caller])) return;
    const { token } = await t.signIn(caller);
    await compare(caller, async (things, start) => {
      const asked = request(call, things, start);
      const { status, body } = await api(call.method, asked.url, { token, body: asked.body });
      return { status, body };
    });
  });

  const doors = [...ACTIONS].filter(
    ([, { access, send, seesAll }]) =>
      send &&
      access !== "public" &&
      (access === "signed_in" || access.includes(ROLE_OF[caller])) &&
      !seesAll?.includes(ROLE_OF[caller]),
  );
  it.each(doors)("%s", async (name, door) => {
    const [file = "", export_ = ""] = name.split("#");
    const action = ((await import(path.resolve(file))) as Record<string, (...args: unknown[]) => Promise<unknown>>)[
      export_
    ];
    const { cookie } = await t.signIn(caller);
    const { helperEmail, helperDoctor } = t;
    await compare(caller, (things, start) =>
      act({ name: sessionCookieName(), value: cookie as string }, async () => {
        const sent = door.send?.({ things, start, helperEmail, helperDoctor }) ?? {};
        if (door.face === "value") return action?.(sent);
        return door.face === "plain" ? action?.(formOf(sent)) : action?.({ status: "idle" }, formOf(sent));
      }),
    );
  });

  it("lists", async () => {
    const { token } = await t.signIn(caller);
    for (const call of calls) {
      if (call.method !== "GET" || call.path.includes("{") || !admits(call.access, t.actors[caller])) continue;
      const { body } = await api("GET", call.path, { token });
      cases += 1;
      expect(JSON.stringify(body)).not.toMatch(new RegExp(`(visit|record|account)-canary-${FOREIGN[caller]}`));
    }
  });
});
