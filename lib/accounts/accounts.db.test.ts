import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/logger";
import { closeLimits, limitRequest } from "@/lib/platform/rate-limit";
import { bearerActor, liveSession } from "@/lib/platform/session";
import { readIdentifiers } from "@/lib/protection/identifiers";
import { argon } from "@/tests/support/argon";
import { testDb } from "@/tests/support/db";
import { acceptInvitation } from "./accept-invitation";
import { confirmPasswordReset } from "./confirm-password-reset";
import { createAdmin } from "./create-admin";
import { createTokens } from "./create-tokens";
import { getMe } from "./get-me";
import { inviteStaff } from "./invite-staff";
import { issueAccountToken } from "./issue-account-token";
import { listSessions } from "./list-sessions";
import { refreshTokens } from "./refresh-tokens";
import { registerPatient } from "./register-patient";
import { requestPasswordReset } from "./request-password-reset";
import { revokeSession } from "./revoke-session";
import { revokeTokens } from "./revoke-tokens";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";
import { updateUser } from "./update-user";
import { verifyEmail } from "./verify-email";

vi.hoisted(() => {
  process.env.DATABASE_URL ??= "postgres://unused";
  process.env.LOG_LEVEL = "silent";
  process.env.AUTH_SECRET = "a secret of the tests, long enough";
});
vi.mock("@node-rs/argon2", async (original) => (await import("@/tests/support/argon")).counting(await original()));

const { db, owner } = await testDb();
const PASSWORD = "a blue kettle on the stove";
const NEXT_PASSWORD = "three green boats at sea";
const from = { address: "198.51.100.7", userAgent: "test" };
const now = new Date();
const nobody = { db, actor: { kind: "anonymous" } as const, now, requestId: "test" };
const system = systemContext(db, "test", now);

const person = (email: string) => ({
  email,
  password: PASSWORD,
  givenName: "Ana",
  familyName: "Lima",
  dateOfBirth: "1990-02-28",
});
const address = () => `${randomUUID()}@example.org`;
const idOf = async (email: string) => {
  const [row] = await owner<{ id: string }[]>`select id from users where email = ${email}`;
  return row!.id;
};
const topics = async (email: string) => {
  const rows =
    await owner`select topic from outbox where payload->>'userId' = ${await idOf(email)} order by created_at`;
  return rows.map((row) => row.topic);
};

async function verified(email = address()) {
  await registerPatient(nobody, person(email), from);
  const { token } = await issueAccountToken(system, await idOf(email), "verify_email");
  expect(await verifyEmail(nobody, { token })).toEqual({ ok: true, value: undefined });
  return email;
}

async function tokens(email: string, password = PASSWORD) {
  const made = await createTokens(nobody, { email, password }, from);
  if (!made.ok) throw new Error(made.code);
  return made.value;
}

async function admin() {
  const email = address();
  const made = await createAdmin(system, { email });
  if (!made.ok) throw new Error(made.code);
  await acceptInvitation(nobody, { token: made.value.token, password: PASSWORD });
  const actor = await bearerActor((await tokens(email)).accessToken, now, db);
  return { ...nobody, actor: actor! };
}

beforeEach(() => closeLimits());

describe("registration", () => {
  it("takes so many accounts a day from one address, and others from elsewhere", async () => {
    const { SIGN_UPS_PER_DAY } = env();
    const busy = { address: "198.51.100.77" };
    for (let taken = 0; taken < SIGN_UPS_PER_DAY; taken++) await limitRequest("sign_ups", busy.address);
    const email = `${randomUUID()}@example.org`;
    expect(await registerPatient(nobody, person(email), busy)).toMatchObject({
      code: "rate_limited",
      data: { reason: "sign_ups_full", limit: SIGN_UPS_PER_DAY },
    });
    expect(await owner`select from users where email = ${email}`).toHaveLength(0);
    expect(await registerPatient(nobody, person(email), from)).toEqual({ ok: true, value: undefined });
  });

  it("answers the same for a known address, keeps the first registration, and tells its owner", async () => {
    const email = await verified();
    const eve = { ...person(email.toUpperCase()), password: NEXT_PASSWORD, givenName: "Eve" };
    const again = await registerPatient(nobody, eve, from);
    expect(again).toEqual({ ok: true, value: undefined });
    expect(await topics(email)).toEqual(["account.verification_requested", "account.already_registered"]);
    expect((await signIn(nobody, { email, password: NEXT_PASSWORD }, from)).ok).toBe(false);
    expect((await signIn(nobody, { email, password: PASSWORD }, from)).ok).toBe(true);
  });

  it("makes a patient with a phone in E.164, who is nobody until verified", async () => {
    const email = address();
    await registerPatient(nobody, { ...person(email), phone: "+1 (212) 555-0143" }, from);
    const [patient] =
      await owner`select p.id, given_name, date_of_birth::text as born from patients p join users u on u.id = p.user_id where u.email = ${email}`;
    expect(patient).toMatchObject({ given_name: "Ana", born: "1990-02-28" });
    const identifiers = await withActor(systemContext(db, "test", new Date()), (tx) =>
      readIdentifiers(tx, [patient?.id]),
    );
    expect(identifiers.get(patient?.id)).toMatchObject({ email, phone: "+12125550143" });
    expect(await signIn(nobody, { email, password: PASSWORD }, from)).toMatchObject({ code: "invalid_credentials" });
    expect(await topics(email)).toEqual(["account.verification_requested", "account.verification_requested"]);
  });

  it.each([
    [{ password: "passwordpassword" }, "password"],
    [{ password: "short" }, "password"],
    [{ phone: "12" }, "phone"],
    [{ dateOfBirth: "2999-01-01" }, "dateOfBirth"],
  ])("refuses %o", async (wrong, path) => {
    const email = address();
    const refused = await registerPatient(nobody, { ...person(email), ...wrong }, from);
    expect(refused).toMatchObject({ code: "validation_failed", errors: [{ path }] });
    expect(await owner`select from users where email = ${email}`).toHaveLength(0);
  });
});

describe("mailed links", () => {
  it("work once, for their purpose, until they expire", async () => {
    const email = address();
    await registerPatient(nobody, person(email), from);
    const { token, expiresAt } = await issueAccountToken(system, await idOf(email), "verify_email");
    expect(expiresAt.getTime() - now.getTime()).toBe(86_400_000);
    expect((await confirmPasswordReset(nobody, { token, password: NEXT_PASSWORD })).ok).toBe(false);
    expect((await verifyEmail({ ...nobody, now: expiresAt }, { token })).ok).toBe(false);
    const stored = await owner`select from account_tokens where token_hash = ${token}`;
    expect(stored).toHaveLength(0);
    expect((await verifyEmail(nobody, { token })).ok).toBe(true);
    expect(await verifyEmail(nobody, { token })).toMatchObject({
      code: "validation_failed",
      errors: [{ path: "token" }],
    });
  });

  it("reset the password and end every session", async () => {
    const email = await verified();
    const api = await tokens(email);
    const browser = await signIn(nobody, { email, password: PASSWORD }, from);
    if (!browser.ok) throw new Error(browser.code);
    expect(await bearerActor(api.accessToken, now, db)).not.toBeNull();

    await requestPasswordReset(nobody, { email });
    expect(await topics(email)).toContain("account.password_reset_requested");
    const { token } = await issueAccountToken(system, await idOf(email), "password_reset");
    expect(await confirmPasswordReset(nobody, { token, password: "passwordpassword" })).toMatchObject({ ok: false });
    expect((await confirmPasswordReset(nobody, { token, password: NEXT_PASSWORD })).ok).toBe(true);

    expect(await bearerActor(api.accessToken, now, db)).toBeNull();
    expect(await liveSession(browser.value.sessionId, "browser", now, db)).toBeNull();
    expect((await refreshTokens(nobody, { refreshToken: api.refreshToken })).ok).toBe(false);
    expect((await signIn(nobody, { email, password: PASSWORD }, from)).ok).toBe(false);
    expect((await signIn(nobody, { email, password: NEXT_PASSWORD }, from)).ok).toBe(true);
    expect((await confirmPasswordReset(nobody, { token, password: PASSWORD })).ok).toBe(false);
  });

  it("say nothing of unknown addresses and limit how many are asked for", async () => {
    const email = address();
    for (let i = 0; i < 5; i += 1) expect((await requestPasswordReset(nobody, { email })).ok).toBe(true);
    expect(await requestPasswordReset(nobody, { email: email.toUpperCase() })).toMatchObject({ code: "rate_limited" });
  });
});

describe("tokens", () => {
  it("rotate, and a refresh token seen twice ends the family and its access tokens", async () => {
    const first = await tokens(await verified());
    const second = await refreshTokens(nobody, { refreshToken: first.refreshToken });
    if (!second.ok) throw new Error(second.code);
    expect(await bearerActor(second.value.accessToken, now, db)).toMatchObject({ role: "patient" });

    expect(await refreshTokens(nobody, { refreshToken: first.refreshToken })).toMatchObject({
      code: "unauthenticated",
    });
    expect(await bearerActor(second.value.accessToken, now, db)).toBeNull();
    expect((await refreshTokens(nobody, { refreshToken: second.value.refreshToken })).ok).toBe(false);
  });

  it("let only one of two simultaneous refreshes through", async () => {
    const { refreshToken } = await tokens(await verified());
    const both = await Promise.all([refreshTokens(nobody, { refreshToken }), refreshTokens(nobody, { refreshToken })]);
    expect(both.filter((result) => result.ok)).toHaveLength(1);
  });

  it("end by revoking, by time, and are not for browsers' sessions", async () => {
    const email = await verified();
    const { accessToken, refreshToken, expiresIn } = await tokens(email);
    expect(await bearerActor(accessToken, new Date(now.getTime() + expiresIn * 1000 + 1000), db)).toBeNull();
    // The signature's first letter: of the last one some bits stand for nothing, so another letter may be the same bytes.
    const [head, claims, signature = ""] = accessToken.split(".");
    const forged = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    expect(await bearerActor([head, claims, forged].join("."), now, db)).toBeNull();
    const actor = (await bearerActor(accessToken, now, db))!;
    expect(await liveSession(actor.sessionId, "browser", now, db)).toBeNull();
    await revokeTokens(nobody, { refreshToken });
    expect(await bearerActor(accessToken, now, db)).toBeNull();
    expect(await revokeTokens(nobody, { refreshToken: "unknown" })).toEqual({ ok: true, value: undefined });
  });

  it("end within a second where their session was ended by another process, and in time, though their signature is known", async () => {
    const { accessToken, expiresIn } = await tokens(await verified());
    const actor = (await bearerActor(accessToken, now, db))!;
    expect(await bearerActor(accessToken, new Date(now.getTime() + expiresIn * 1_000), db)).toBeNull();
    expect(await bearerActor(accessToken, now, db)).not.toBeNull();
    await owner`update sessions set revoked_at = now() where id = ${actor.sessionId}`;
    await vi.waitFor(async () => expect(await bearerActor(accessToken, now, db)).toBeNull(), 5_000);
  });
});

describe("signing in", () => {
  it("does the same work for unknown, unverified, disabled and known accounts", async () => {
    const known = await verified();
    const disabled = await verified();
    await owner`update users set disabled_at = now() where email = ${disabled}`;
    const unverified = address();
    await registerPatient(nobody, person(unverified), from);
    for (const email of [known, disabled, unverified, address()]) {
      argon.verifications = 0;
      const refused = await signIn(nobody, { email, password: NEXT_PASSWORD }, from);
      expect(refused).toEqual({ ok: false, code: "invalid_credentials" });
      expect(argon.verifications).toBe(1);
    }
  });

  it("evaluates at most 10 of 500 guesses, and leaves the owner's own address alone", async () => {
    const email = await verified();
    const home = { ...from, address: "203.0.113.1" };
    expect((await signIn(nobody, { email, password: PASSWORD }, home)).ok).toBe(true);
    argon.verifications = 0;
    const guesses = Array.from({ length: 500 }, (_, i) =>
      signIn(nobody, { email, password: `guess number ${i} of many` }, { ...from, address: `192.0.2.${i % 250}` }),
    );
    const codes = (await Promise.all(guesses)).map((guess) => (guess.ok ? "ok" : guess.code));
    expect(argon.verifications).toBeLessThanOrEqual(10);
    expect(new Set(codes)).toEqual(new Set(["invalid_credentials", "rate_limited"]));
    expect(await signIn(nobody, { email, password: PASSWORD }, from)).toMatchObject({ code: "rate_limited" });
    expect((await signIn(nobody, { email, password: PASSWORD }, home)).ok).toBe(true);
  });

  it("writes down each refusal with the account's id, and nothing that was typed", async () => {
    const warn = vi.spyOn(log, "warn");
    const email = await verified();
    await tokens(email);
    expect(warn).not.toHaveBeenCalled();
    for (const who of [email, address()]) await createTokens(nobody, { email: who, password: NEXT_PASSWORD }, from);
    const refused = { requestId: "test", code: "invalid_credentials" };
    expect(warn.mock.calls).toEqual([
      ["sign-in refused", { ...refused, userId: await idOf(email) }],
      ["sign-in refused", { ...refused, userId: undefined }],
    ]);
    warn.mockRestore();
  });

  it("does not count what succeeds", async () => {
    const email = await verified();
    const all = await Promise.all(
      Array.from({ length: 15 }, () => signIn(nobody, { email, password: PASSWORD }, from)),
    );
    expect(all.every((result) => result.ok)).toBe(true);
  });

  it("lists the account's own sessions and ends them one by one", async () => {
    const ctx = { ...nobody, actor: (await bearerActor((await tokens(await verified())).accessToken, now, db))! };
    const other = { ...nobody, actor: (await bearerActor((await tokens(await verified())).accessToken, now, db))! };
    const listed = await listSessions(ctx);
    expect(listed).toMatchObject({
      ok: true,
      value: { items: [{ id: ctx.actor.sessionId, kind: "api", current: true }] },
    });
    expect(await revokeSession(other, { id: ctx.actor.sessionId })).toMatchObject({ code: "not_found" });
    await signOut(ctx);
    expect(await liveSession(ctx.actor.sessionId, "api", now, db)).toBeNull();
    expect(await liveSession(other.actor.sessionId, "api", now, db)).not.toBeNull();
  });

  it("knows the caller's own patient and those of live grants", async () => {
    const ctx = { ...nobody, actor: (await bearerActor((await tokens(await verified())).accessToken, now, db))! };
    const [child, gone] = [randomUUID(), randomUUID()];
    await owner`insert into patients (id, given_name, family_name) values (${child}, 'Leo', 'Lima'), (${gone}, 'Old', 'Ward')`;
    await owner`insert into patient_proxies (id, patient_id, user_id, relationship, capabilities, revoked_at) values
      (${randomUUID()}, ${child}, ${ctx.actor.userId}, 'parent', '{view,book}', null),
      (${randomUUID()}, ${gone}, ${ctx.actor.userId}, 'guardian', '{view}', now())`;
    const me = await getMe(ctx);
    expect(me).toMatchObject({
      value: {
        role: "patient",
        patients: [
          { id: ctx.actor.patientId, name: "Ana Lima", relationship: "self" },
          { id: child, name: "Leo Lima", relationship: "parent" },
        ],
      },
    });
  });
});

describe("staff accounts", () => {
  it("are invited by admins only and choose their own password", async () => {
    const boss = await admin();
    const email = address();
    const invited = await inviteStaff(boss, { email, name: "Rita", role: "receptionist" });
    expect(invited).toMatchObject({ ok: true, value: { invited: true, role: "receptionist" } });
    expect(await inviteStaff(boss, { email, name: "Rita", role: "admin" })).toMatchObject({ code: "conflict" });
    expect(await topics(email)).toEqual(["account.invited"]);
    const { token } = await issueAccountToken(system, await idOf(email), "invitation");
    await acceptInvitation(nobody, { token, password: PASSWORD });
    const actor = (await bearerActor((await tokens(email)).accessToken, now, db))!;
    expect(actor.role).toBe("receptionist");
    const asReception = { ...nobody, actor };
    expect(await inviteStaff(asReception, { email: address(), name: "X", role: "admin" })).toMatchObject({
      code: "forbidden",
    });
    expect(await updateUser(asReception, { id: actor.userId, role: "admin" })).toMatchObject({ code: "forbidden" });
  });

  it("lose their sessions with a new role or when disabled", async () => {
    const boss = await admin();
    for (const change of [{ role: "receptionist" as const }, { disabled: true }]) {
      const other = await admin();
      const updated = await updateUser(boss, { id: other.actor.userId, ...change });
      expect(updated).toMatchObject({ ok: true, value: change });
      expect(await liveSession(other.actor.sessionId, "api", now, db)).toBeNull();
    }
  });

  it("always keep one admin, also when two demote each other at once", async () => {
    await owner`update users set disabled_at = now() where role = 'admin'`;
    const [one, two] = [await admin(), await admin()];
    const both = await Promise.all([
      updateUser(one, { id: two.actor.userId, role: "receptionist" }),
      updateUser(two, { id: one.actor.userId, disabled: true }),
    ]);
    expect(both.map((result) => result.ok).sort()).toEqual([false, true]);
    const [left] = await owner`select count(*)::int as admins from users where role = 'admin' and disabled_at is null`;
    expect(left?.admins).toBe(1);
  });

  it("never carry a role in the token", async () => {
    const email = await verified();
    const { accessToken } = await tokens(email);
    await owner`update users set role = 'receptionist' where email = ${email}`;
    await vi.waitFor(async () => expect((await bearerActor(accessToken, now, db))?.role).toBe("receptionist"), 5_000);
    const claims = JSON.parse(Buffer.from(accessToken.split(".")[1]!, "base64url").toString());
    expect(claims.role).toBe("patient");
  });
});
