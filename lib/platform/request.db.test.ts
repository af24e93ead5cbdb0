import { randomUUID } from "node:crypto";
import { beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Role } from "@/lib/domain/actor";
import { testDb } from "@/tests/support/db";

const asked = vi.hoisted(() => ({ cookie: "", headers: new Headers() }));
vi.hoisted(() => {
  process.env.SLOTWELL_MODE = "production";
  process.env.LOG_LEVEL = "silent";
  process.env.AUTH_SECRET = "a secret of the tests, long enough";
});
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (name.endsWith("session-token") ? { value: asked.cookie } : undefined),
  }),
  headers: async () => asked.headers,
}));
vi.mock("next/navigation", () => ({
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`);
  },
  forbidden: () => {
    throw new Error("forbidden page");
  },
  unstable_rethrow: () => undefined,
}));

const { owner, url } = await testDb();
process.env.DATABASE_URL = url;
const { sessionCookie } = await import("./auth-cookie");
const { db } = await import("./db");
const { pageContext, requireActor, requireRecentActor, sessionContext } = await import("./request");
const { action } = await import("./action");
const { forgetSessions, liveSessionEnd, liveSessionName } = await import("./session");
const { log } = await import("./logger");

/** A browser that is signed in as `role`. */
async function browse(role: Role, more: { hasFactor?: boolean; minutesAgo?: number } = {}) {
  const [userId, sessionId] = [randomUUID(), randomUUID()];
  const at = new Date(Date.now() - (more.minutesAgo ?? 0) * 60_000);
  await owner`insert into users (id, email, role, display_name) values (${userId}, ${`${userId}@x.test`}, ${role}, 'A person')`;
  await owner`insert into sessions (id, user_id, kind, authenticated_at, expires_at)
    values (${sessionId}, ${userId}, 'browser', ${at}, now() + interval '1 hour')`;
  if (more.hasFactor)
    await owner`insert into totp_secrets (user_id, secret, confirmed_at) values (${userId}, 'sealed', now())`;
  asked.cookie = await sessionCookie(db(), sessionId, userId);
}
const act = (demands?: Parameters<typeof action>[3]) =>
  action("signed_in", z.strictObject({}), async () => ({ ok: true, value: "done" }) as const, demands)({});

beforeEach(() => {
  asked.headers = new Headers({ "x-slotwell-path": "/today?day=2031-01-06" });
});

it("leads staff without their second factor to setting it up, from every page, and lets no action run", async () => {
  await browse("receptionist");
  expect((await pageContext()).actor).toEqual({ kind: "anonymous" });
  expect((await sessionContext()).actor).toMatchObject({ kind: "user", mustEnrol: true });
  await expect(requireActor("receptionist")).rejects.toThrow(
    "redirect /account/second-factor?next=%2Ftoday%3Fday%3D2031-01-06",
  );
  expect(await act()).toMatchObject({ code: "second_factor_required" });
  expect(await act({ whileEnrolling: true })).toEqual({ ok: true, value: "done" });
});

it.each([["receptionist", true] as const, ["patient", false] as const])(
  "asks no more of a %s who has what the role needs",
  async (role, hasFactor) => {
    await browse(role, { hasFactor });
    expect((await requireActor(role)).actor.role).toBe(role);
    expect(await act()).toEqual({ ok: true, value: "done" });
  },
);

it("asks for a sign-in of the last minutes where it is declared, and leads back", async () => {
  await browse("patient", { minutesAgo: 11 });
  expect(await act()).toMatchObject({ ok: true });
  expect(await act({ stepUp: true })).toMatchObject({ code: "step_up_required" });
  await expect(requireRecentActor()).rejects.toThrow("redirect /account/confirm?next=%2Ftoday%3Fday%3D2031-01-06");
  await browse("patient", { minutesAgo: 9 });
  expect(await act({ stepUp: true })).toMatchObject({ ok: true });
  expect((await requireRecentActor()).actor.role).toBe("patient");
});

it("writes down whom the role of an action does not admit", async () => {
  const warn = vi.spyOn(log, "warn");
  await browse("patient");
  expect(await action(["admin"], z.strictObject({}), async () => ({ ok: true, value: 1 }) as const)({})).toMatchObject({
    code: "forbidden",
  });
  expect(warn.mock.calls).toEqual([["function refused", expect.objectContaining({ role: "patient" })]]);
  warn.mockRestore();
});

it("counts a page that is opened and a button that is pressed as activity, and what a page fetches by itself not", async () => {
  const seen = async (headers: Record<string, string>) => {
    await browse("patient");
    await owner`update sessions set last_seen_at = now() - interval '10 minutes'`;
    asked.headers = new Headers(headers);
    await pageContext();
    const [row] = await owner`select count(*)::int as n from sessions where last_seen_at > now() - interval '1 minute'`;
    return row!.n;
  };
  expect(await seen({ "sec-fetch-dest": "document" })).toBe(1);
  expect(await seen({ "sec-fetch-dest": "empty", "next-action": "x" })).toBe(1);
  expect(await seen({ "sec-fetch-dest": "empty" })).toBe(0);
});

it("knows whose the sign-in that a page was opened with is, when it ends, and of one that has ended that it has", async () => {
  await browse("patient");
  await owner`update sessions set idle_seconds = 600`;
  const { actor, now, db: pool } = await requireActor("patient");
  const [row] = await owner`select expires_at, last_seen_at from sessions where id = ${actor.sessionId}`;
  expect(await liveSessionEnd(actor.sessionId, now, pool)).toEqual({
    endsAt: new Date(row?.last_seen_at.getTime() + 600_000),
    latestEnd: row?.expires_at,
  });
  expect(await liveSessionName(actor.sessionId, now, pool)).toBe("A person");
  await owner`update sessions set revoked_at = now()`;
  forgetSessions([actor.sessionId]);
  expect(await liveSessionName(actor.sessionId, now, pool)).toBe("");
  expect(await liveSessionEnd(actor.sessionId, now, pool)).toBeNull();
});
