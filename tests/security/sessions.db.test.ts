import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { changePasswordAction } from "@/app/(account)/account/actions";
import { confirmPasswordReset } from "@/lib/accounts/confirm-password-reset";
import { issueAccountToken } from "@/lib/accounts/issue-account-token";
import { nextAuthOptions } from "@/lib/accounts/next-auth-options";
import { revokeOtherSessions } from "@/lib/accounts/revoke-other-sessions";
import { revokeSession } from "@/lib/accounts/revoke-session";
import { signOut } from "@/lib/accounts/sign-out";
import { updateUser } from "@/lib/accounts/update-user";
import type { UserActor } from "@/lib/domain/actor";
import { sessionCookie } from "@/lib/platform/auth-cookie";
import { signAccessToken } from "@/lib/platform/auth-token";
import { type Context, systemContext } from "@/lib/platform/context";
import { sessionCookieName } from "@/lib/platform/host-cookie";
import { requireActor } from "@/lib/platform/request";
import { act, formOf } from "@/tests/support/act";
import { api } from "@/tests/support/api";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";

// Sign-ins that have ended, replayed at the API, at an action and at a page: in the process that ended them, and in another that had just read them.

vi.mock("next/headers", async () => (await import("@/tests/support/act")).nextHeaders);
vi.mock("next/cache", async () => (await import("@/tests/support/act")).nextCache);
vi.mock("next-intl/server", async () => (await import("@/tests/support/act")).nextIntlServer);

const { db, owner, url } = await testDb();
Object.assign(process.env, {
  ...{ DATABASE_URL: url, SLOTWELL_MODE: "development", RATE_LIMIT_DISABLED: "true", LOG_LEVEL: "silent" },
});
const make = clinicMaker(owner);
const admin = await make.staff("admin");
const ctxOf = (actor: Context["actor"]): Context => ({ db, actor, now: new Date(), requestId: "sessions" });

type SignIn = { actor: UserActor; at: (door: Door) => Promise<"alive" | "dead"> };
const DOORS = ["API", "action", "page"] as const;
type Door = (typeof DOORS)[number];

/** A sign-in of a new receptionist's, as a program's and as a browser's. */
async function signIn(): Promise<Record<"api" | "browser", SignIn>> {
  const { userId, role } = await make.staff("receptionist");
  const open = async (kind: "api" | "browser"): Promise<SignIn> => {
    const sessionId = randomUUID();
    await owner`insert into sessions (id, user_id, kind, authenticated_at, expires_at)
      values (${sessionId}, ${userId}, ${kind}, now(), now() + interval '1 day')`;
    const token = await signAccessToken(db, { userId, sessionId, role }, new Date());
    const cookie = { name: sessionCookieName(), value: await sessionCookie(db, sessionId, userId) };
    const at = async (door: Door) => {
      if (door === "API") return (await api("GET", "/me", { token })).status === 200 ? "alive" : "dead";
      const work = door === "page" ? () => requireActor() : () => changePasswordAction({} as never, formOf({}));
      const { answer, leadsTo } = await act(cookie, work);
      const isDead = leadsTo?.startsWith("/sign-in?") || (answer as { code?: string }).code === "unauthenticated";
      return isDead ? "dead" : "alive";
    };
    const actor: UserActor = {
      kind: "user",
      userId,
      role,
      sessionId,
      patientId: null,
      doctorId: null,
      authenticatedAt: new Date(),
    };
    return { actor, at };
  };
  return { api: await open("api"), browser: await open("browser") };
}

type Both = Awaited<ReturnType<typeof signIn>>;
/** Everything that ends a sign-in, and its program's too. */
const ENDINGS: Record<string, (both: Both) => Promise<unknown>> = {
  "signing out": ({ api, browser }) => Promise.all([api, browser].map(({ actor }) => signOut(ctxOf(actor)))),
  "a new password by a mailed link": async ({ api: { actor } }) => {
    const { token } = await issueAccountToken(systemContext(db, "test", new Date()), actor.userId, "password_reset");
    return confirmPasswordReset(ctxOf({ kind: "anonymous" }), { token, password: "three green boats at sea" });
  },
  "another role": ({ api: { actor } }) => updateUser(ctxOf(admin), { id: actor.userId, role: "doctor" }),
  "disabling the account": ({ api: { actor } }) => updateUser(ctxOf(admin), { id: actor.userId, disabled: true }),
  "ending it from the list": ({ api, browser }) =>
    Promise.all([api, browser].map(({ actor }) => revokeSession(ctxOf(actor), { id: actor.sessionId }))),
  "ending all others": ({ api: { actor } }) => revokeOtherSessions(ctxOf({ ...actor, sessionId: randomUUID() })),
};

const held = globalThis as { slotwellSessions?: Map<string, unknown> };
const ask = ({ api, browser }: Both) =>
  Promise.all(DOORS.map(async (door) => [door, await (door === "API" ? api : browser).at(door)]));

it("end with their token and their cookie: at once here, and within a second in a process that was not told", async () => {
  const all = await Promise.all(
    Object.entries(ENDINGS).map(async ([how, end]) => ({ how, end, both: await signIn() })),
  );
  const answers = () => Promise.all(all.map(async ({ how, both }) => [how, await ask(both)]));
  const everywhere = (state: "alive" | "dead") => all.map(({ how }) => [how, DOORS.map((door) => [door, state])]);
  expect(await answers()).toEqual(everywhere("alive"));
  const asAnotherProcessHasIt = new Map(held.slotwellSessions);
  for (const { end, both } of all) expect(await end(both)).not.toMatchObject({ ok: false });
  expect(await answers()).toEqual(everywhere("dead"));

  held.slotwellSessions = asAnotherProcessHasIt;
  await sleep(1_000);
  expect(await answers()).toEqual(everywhere("dead"));
});

it("goes by what a browser says of its own session in nothing (CVE-2026-23478)", async () => {
  const { browser } = await signIn();
  const options = await nextAuthOptions(ctxOf({ kind: "anonymous" }));
  const [sub, sid] = [browser.actor.userId, browser.actor.sessionId];
  const session = { role: "admin", isAdmin: true, sub: admin.userId, sid: admin.sessionId, user: { role: "admin" } };
  const token = await options.callbacks?.jwt?.({ token: { sub, sid }, trigger: "update", session } as never);
  expect(token).toEqual({ sub, sid });
  const shown = await options.callbacks?.session?.({ session: { expires: "", ...session }, token } as never);
  expect(shown).toEqual({ expires: "", user: { id: sub, role: "receptionist" } });
});
