import { randomUUID } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Context } from "@/lib/platform/context";
import { systemContext } from "@/lib/platform/context";
import { closeLimits } from "@/lib/platform/rate-limit";
import { bearerActor, liveSession } from "@/lib/platform/session";
import { argon } from "@/tests/support/argon";
import { testDb } from "@/tests/support/db";
import { acceptInvitation } from "./accept-invitation";
import { changePassword } from "./change-password";
import { confirmIdentity } from "./confirm-identity";
import { confirmPasswordReset } from "./confirm-password-reset";
import { confirmTotp } from "./confirm-totp";
import { createAdmin } from "./create-admin";
import { createTokens } from "./create-tokens";
import { enrolTotp, pendingTotp } from "./enrol-totp";
import { getSecondFactor } from "./get-second-factor";
import { issueAccountToken } from "./issue-account-token";
import { finishSignIn } from "./pending-sign-in";
import { recoverAdmin } from "./recover-admin";
import { registerPatient } from "./register-patient";
import { removeTotp } from "./remove-totp";
import { renewRecoveryCodes } from "./renew-recovery-codes";
import { resetSecondFactor } from "./reset-second-factor";
import { openTotpSecret } from "./seal-totp";
import { beginSignIn, signIn } from "./sign-in";
import { verifyEmail } from "./verify-email";

vi.hoisted(() => {
  process.env.DATABASE_URL ??= "postgres://unused";
  process.env.LOG_LEVEL = "silent";
  process.env.AUTH_SECRET = "a secret of the tests, long enough";
  process.env.ENCRYPTION_KEYS = Buffer.alloc(32, 7).toString("base64");
});
vi.mock("@node-rs/argon2", async (original) => (await import("@/tests/support/argon")).counting(await original()));

const { db, owner } = await testDb();
const PASSWORD = "a blue kettle on the stove";
const SHORT = "kettle-7-tea";
const from = { address: "198.51.100.7", userAgent: "test" };
const now = new Date();
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const nobody: Context = { db, actor: { kind: "anonymous" }, now, requestId: "test" };
const system = systemContext(db, "test", now);
const code = (secret: string, at = now) =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({ timestamp: at.getTime() });
const idOf = async (email: string) => (await owner`select id from users where email = ${email}`)[0]!.id as string;
const topics = async (email: string) =>
  (await owner`select topic from outbox where payload->>'userId' = ${await idOf(email)}`).map((row) => row.topic);

async function patient() {
  const email = `${randomUUID()}@example.org`;
  const person = { email, password: PASSWORD, givenName: "Ana", familyName: "Lima", dateOfBirth: "1990-02-28" };
  await registerPatient(nobody, person, from);
  const { token } = await issueAccountToken(system, await idOf(email), "verify_email");
  await verifyEmail(nobody, { token });
  return email;
}

/** The account's own context, through a browser. */
async function browserOf(email: string, at = now): Promise<Context> {
  const signedIn = await signIn({ ...nobody, now: at }, { email, password: PASSWORD }, from);
  if (!signedIn.ok) throw new Error(signedIn.code);
  const actor = await liveSession(signedIn.value.sessionId, "browser", at, db);
  return { ...nobody, now: at, actor: actor! };
}

/** An account with an authenticator app; its first code, that of `now`, is spent. */
async function enrolled() {
  const email = await patient();
  const ctx = await browserOf(email);
  const enrolment = await enrolTotp(ctx);
  if (!enrolment.ok) throw new Error(enrolment.code);
  const { secret } = enrolment.value;
  const confirmed = await confirmTotp(ctx, { otp: code(secret) });
  if (!confirmed.ok) throw new Error(confirmed.code);
  return { email, ctx, secret, codes: confirmed.value.recoveryCodes! };
}

beforeEach(() => closeLimits());

describe("an authenticator app", () => {
  it("counts once its first code has come back, and its secret lies sealed for its account alone", async () => {
    const email = await patient();
    const ctx = await browserOf(email);
    const enrolment = await enrolTotp(ctx);
    if (!enrolment.ok) throw new Error(enrolment.code);
    const { secret, uri } = enrolment.value;
    expect(uri).toContain(`secret=${secret}`);
    expect(await pendingTotp(ctx)).toEqual(enrolment.value);
    expect(await pendingTotp({ ...ctx, now: later(31 * 60) })).toBeNull();
    expect((await signIn(nobody, { email, password: PASSWORD }, from)).ok).toBe(true);
    expect(await confirmTotp(ctx, { otp: "000000" })).toMatchObject({ code: "validation_failed" });

    const confirmed = await confirmTotp(ctx, { otp: code(secret) });
    expect(confirmed).toMatchObject({ ok: true });
    expect(confirmed.ok && confirmed.value.recoveryCodes).toHaveLength(10);
    expect(await enrolTotp(ctx)).toMatchObject({ code: "conflict" });
    expect(await topics(email)).toContain("account.second_factor_changed");

    const [row] = await owner`select secret from totp_secrets where user_id = ${await idOf(email)}`;
    expect(row!.secret).toMatch(/^kms\./);
    expect(row!.secret).not.toContain(secret);
    await expect(openTotpSecret(db, randomUUID(), row!.secret)).rejects.toThrow();
  });

  it("is asked for at every door, and each code works once, also in its window", async () => {
    const { email, secret } = await enrolled();
    const [at, ctx] = [later(60), { ...nobody, now: later(60) }];
    expect(await createTokens(ctx, { email, password: PASSWORD }, from)).toMatchObject({ code: "otp_required" });
    expect(await signIn(ctx, { email, password: PASSWORD }, from)).toMatchObject({ code: "otp_required" });
    // A wrong password is not told apart by the code that is asked for.
    expect(await createTokens(ctx, { email, password: "not it at all, no" }, from)).toMatchObject({
      code: "invalid_credentials",
    });
    expect(await createTokens(ctx, { email, password: PASSWORD, otp: "000000" }, from)).toMatchObject({
      code: "invalid_credentials",
    });
    const otp = code(secret, at);
    const both = await Promise.all([
      createTokens(ctx, { email, password: PASSWORD, otp }, from),
      createTokens(ctx, { email, password: PASSWORD, otp }, { ...from, address: "203.0.113.9" }),
    ]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    // Half a minute on it is still in the window; the one before it is spent with it.
    const replay = await createTokens({ ...ctx, now: later(85) }, { email, password: PASSWORD, otp }, from);
    expect(replay).toMatchObject({ code: "invalid_credentials" });
    const before = code(secret, later(30));
    expect((await createTokens(ctx, { email, password: PASSWORD, otp: before }, from)).ok).toBe(false);
    const next = code(secret, later(90));
    expect((await createTokens({ ...ctx, now: later(90) }, { email, password: PASSWORD, otp: next }, from)).ok).toBe(
      true,
    );
  });

  it("is the second step in a browser, which a changed password or ten minutes end", async () => {
    const { email, secret } = await enrolled();
    const at = later(60);
    const begun = await beginSignIn({ ...nobody, now: at }, { email, password: PASSWORD }, from);
    if (!begun.ok || !("pending" in begun.value)) throw new Error("no second step");
    const { pending } = begun.value;
    const finish = (when: Date, otp: string, with_ = pending) =>
      finishSignIn({ ...nobody, now: when }, { otp, pending: with_ }, from);
    expect(await finish(at, "000000")).toMatchObject({ code: "invalid_credentials" });
    expect(await finish(later(700), code(secret, later(700)))).toMatchObject({ code: "sign_in_expired" });
    expect(await finish(at, code(secret, at), `${pending}x`)).toMatchObject({ code: "sign_in_expired" });
    expect(await finish(at, code(secret, at))).toMatchObject({ ok: true });

    const { token } = await issueAccountToken(system, await idOf(email), "password_reset");
    expect((await confirmPasswordReset({ ...nobody, now: at }, { token, password: SHORT })).ok).toBe(true);
    expect(await finish(later(120), code(secret, later(120)))).toMatchObject({ code: "sign_in_expired" });
    // A reset does not go around the second factor.
    expect(await signIn({ ...nobody, now: later(120) }, { email, password: SHORT }, from)).toMatchObject({
      code: "otp_required",
    });
  });

  it("stops guesses at five, and gives nobody a second budget", async () => {
    const { email } = await enrolled();
    const guesses = [];
    for (let i = 0; i < 20; i += 1)
      guesses.push(
        await createTokens({ ...nobody, now: later(60) }, { email, password: PASSWORD, otp: `00000${i % 10}` }, from),
      );
    expect(guesses.filter((guess) => !guess.ok && guess.code === "invalid_credentials").length).toBeLessThanOrEqual(5);
    expect(guesses.at(-1)).toMatchObject({ code: "rate_limited" });
  });

  it("goes with a long password only, and not at all from staff who must have one", async () => {
    const { email, ctx, secret } = await enrolled();
    expect(await changePassword(ctx, { password: SHORT })).toMatchObject({ ok: true });
    expect(await removeTotp(ctx, {})).toMatchObject({ code: "validation_failed", errors: [{ path: "password" }] });
    expect(await removeTotp(ctx, { password: SHORT })).toMatchObject({ data: { reason: "password_too_short" } });
    expect(await getSecondFactor(ctx)).toMatchObject({ value: { recoveryCodesLeft: 10, required: false } });
    expect(await removeTotp(ctx, { password: PASSWORD })).toMatchObject({ ok: true });
    expect(await getSecondFactor(ctx)).toMatchObject({ value: { totpSince: null, recoveryCodesLeft: 0 } });
    expect((await signIn(nobody, { email, password: PASSWORD }, from)).ok).toBe(true);
    expect(code(secret)).toMatch(/^\d{6}$/);

    const staff = await enrolled();
    await owner`update users set role = 'receptionist' where email = ${staff.email}`;
    expect(await removeTotp(staff.ctx, { password: PASSWORD })).toMatchObject({
      code: "policy_refused",
      data: { reason: "second_factor_mandatory" },
    });
    expect(await getSecondFactor(staff.ctx)).toMatchObject({ value: { totpSince: expect.any(String) } });
  });
});

describe("recovery codes", () => {
  it("stand in for the app once each, however typed, and new ones void the old", async () => {
    const { email, ctx, codes } = await enrolled();
    expect(new Set(codes).size).toBe(10);
    const [first, second, third] = codes as [string, string, string];
    const use = (otp: string) => createTokens(nobody, { email, password: PASSWORD, otp }, from);
    expect((await use(first)).ok).toBe(true);
    expect(await use(first)).toMatchObject({ code: "invalid_credentials" });
    expect((await use(second.toUpperCase().replaceAll("-", " "))).ok).toBe(true);
    expect(await topics(email)).toContain("account.recovery_code_used");
    expect(await getSecondFactor(ctx)).toMatchObject({ value: { recoveryCodesLeft: 8 } });
    const renewed = await renewRecoveryCodes(ctx);
    expect(renewed.ok && renewed.value.recoveryCodes).toHaveLength(10);
    expect((await use(third)).ok).toBe(false);
    const stored = await owner`select code_hash from recovery_codes where user_id = ${await idOf(email)}`;
    expect(JSON.stringify(stored)).not.toContain(codes[0]!.replaceAll("-", ""));
  });
});

describe("staff without the second factor that they must have", () => {
  it("are known as such until they set one up, and again after an admin took it from them", async () => {
    const email = `${randomUUID()}@example.org`;
    const made = await createAdmin(system, { email });
    if (!made.ok) throw new Error(made.code);
    await confirmPasswordReset(nobody, {
      token: (await issueAccountToken(system, made.value.userId, "password_reset")).token,
      password: PASSWORD,
    });
    const ctx = await browserOf(email);
    expect(ctx.actor).toMatchObject({ role: "admin", mustEnrol: true });
    const enrolment = await enrolTotp(ctx);
    if (!enrolment.ok) throw new Error(enrolment.code);
    await confirmTotp(ctx, { otp: code(enrolment.value.secret) });
    const sessionId = ctx.actor.kind === "user" ? ctx.actor.sessionId : "";
    expect(await liveSession(sessionId, "browser", now, db)).not.toHaveProperty("mustEnrol");

    expect(await resetSecondFactor(ctx, { id: randomUUID() })).toMatchObject({ code: "not_found" });
    expect(await resetSecondFactor(nobody, { id: made.value.userId })).toMatchObject({ code: "forbidden" });
    expect((await resetSecondFactor(ctx, { id: made.value.userId })).ok).toBe(true);
    expect(await liveSession(sessionId, "browser", now, db)).toBeNull();
    expect((await signIn(nobody, { email, password: PASSWORD }, from)).ok).toBe(false);
    expect(await topics(email)).toContain("account.invited");
  });

  it("get back in from the server's command line when the last admin has lost every factor, and the log says so", async () => {
    const email = `last-${randomUUID()}@example.org`;
    const command = systemContext(db, "create-admin", now);
    const made = await createAdmin(command, { email });
    if (!made.ok) throw new Error(made.code);
    const { userId } = made.value;
    const { token } = await issueAccountToken(system, userId, "password_reset");
    await confirmPasswordReset(nobody, { token, password: PASSWORD });
    const ctx = await browserOf(email);
    const signedIn = ctx.actor.kind === "user" ? ctx.actor.sessionId : "";
    await owner`insert into totp_secrets (user_id, secret, confirmed_at) values (${userId}, 'lost', now())`;
    expect(await recoverAdmin(ctx, { email })).toMatchObject({ code: "forbidden" });
    expect(await recoverAdmin(command, { email: `nobody-${email}` })).toMatchObject({ code: "not_found" });

    const back = await recoverAdmin(command, { email });
    if (!back.ok) throw new Error(back.code);
    expect(await liveSession(signedIn, "browser", now, db)).toBeNull();
    const left =
      await owner`select (select count(*)::int from totp_secrets where user_id = ${userId}) as factors, password_hash from users where id = ${userId}`;
    expect(left[0]).toEqual({ factors: 0, password_hash: null });
    expect(await topics(email)).toEqual(expect.arrayContaining(["account.second_factor_changed", "account.invited"]));
    const [entry] =
      await owner`select actor_kind, job from audit_log where table_name = 'totp_secrets' and operation = 'DELETE' order by id desc limit 1`;
    expect(entry).toEqual({ actor_kind: "system", job: "create-admin" });

    const chosen = { token: back.value.token, password: "seven quiet lanterns glow" };
    expect(await acceptInvitation(nobody, chosen)).toMatchObject({ ok: true });
    expect(await acceptInvitation(nobody, chosen)).toMatchObject({ ok: false });
    expect((await signIn(nobody, { email, password: chosen.password }, from)).ok).toBe(true);
    await owner`update users set disabled_at = now() where id = ${userId}`;
    expect(await recoverAdmin(system, { email })).toMatchObject({ code: "not_found" });
  });
});

describe("proving anew who one is", () => {
  it("takes all the factors and starts the session's clock again", async () => {
    const { email, ctx, secret } = await enrolled();
    const at = later(3600);
    const late = { ...ctx, now: at };
    const home = { ...from, address: "203.0.113.4" };
    expect(await confirmIdentity(late, { password: PASSWORD }, home)).toMatchObject({ code: "otp_required" });
    expect(await confirmIdentity(late, { password: "not it at all, no", otp: code(secret, at) }, home)).toMatchObject({
      code: "invalid_credentials",
    });
    expect((await confirmIdentity(late, { password: PASSWORD, otp: code(secret, at) }, home)).ok).toBe(true);
    const sessionId = ctx.actor.kind === "user" ? ctx.actor.sessionId : "";
    const [row] = await owner`select authenticated_at from sessions where id = ${sessionId}`;
    expect(row!.authenticated_at).toEqual(at);
    expect(await idOf(email)).toBeDefined();
  });
});

describe("an account under attack", () => {
  it("lets its owner in by the code from a new place, after 500 guesses of which at most ten were evaluated", async () => {
    const { email, secret } = await enrolled();
    argon.verifications = 0;
    const ctx = { ...nobody, now: later(60) };
    const guesses = Array.from({ length: 500 }, (_, i) =>
      createTokens(
        ctx,
        { email, password: `guess ${i} of many`, otp: `${i % 10}`.repeat(6) },
        { ...from, address: `192.0.2.${i % 250}` },
      ),
    );
    const codes = (await Promise.all(guesses)).map((guess) => (guess.ok ? "ok" : guess.code));
    expect(argon.verifications).toBeLessThanOrEqual(10);
    expect(new Set(codes)).toEqual(new Set(["invalid_credentials", "rate_limited"]));
    await expect
      .poll(async () => (await topics(email)).filter((topic) => topic === "account.sign_ins_failed"))
      .toHaveLength(1);
    const travelling = { address: "203.0.113.77", userAgent: "another" };
    expect(await createTokens(ctx, { email, password: PASSWORD }, travelling)).toMatchObject({ code: "rate_limited" });
    const otp = code(secret, ctx.now);
    expect((await createTokens(ctx, { email, password: PASSWORD, otp }, travelling)).ok).toBe(true);
  });

  it("lets a browser in that is known to it, whatever the network", async () => {
    const email = await patient();
    const laptop = { ...from, device: "the laptop's cookie" };
    expect((await signIn(nobody, { email, password: PASSWORD }, laptop)).ok).toBe(true);
    for (let i = 0; i < 30; i += 1)
      await signIn(nobody, { email, password: `guess ${i} of many` }, { ...from, address: `192.0.2.${i}` });
    const elsewhere = { ...laptop, address: "203.0.113.50" };
    expect((await signIn(nobody, { email, password: PASSWORD }, { ...elsewhere, device: "a stranger" })).ok).toBe(
      false,
    );
    expect((await signIn(nobody, { email, password: PASSWORD }, elsewhere)).ok).toBe(true);
  });
});

describe("a sign-in from a new place", () => {
  it("is told of once there is a history, and not for a known browser or network", async () => {
    const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
    const firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
    const email = await patient();
    const told = async () => (await topics(email)).filter((topic) => topic === "account.new_sign_in").length;
    const enter = (address: string, userAgent: string, device?: string) =>
      signIn(nobody, { email, password: PASSWORD }, { address, userAgent, device });
    await enter("198.51.100.7", chrome, "a");
    expect(await told()).toBe(0);
    await enter("198.51.100.200", chrome.replace("140", "141"), "b");
    await enter("203.0.113.1", chrome, "a");
    expect(await told()).toBe(0);
    await enter("192.0.2.1", firefox);
    expect(await told()).toBe(1);
    await enter("192.0.2.9", firefox, "c");
    expect(await told()).toBe(1);
    await enter("198.51.100.7", firefox);
    expect(await told()).toBe(2);
  });
});

describe("idle and absolute ends of a browser's session", () => {
  it("come by role; what a page does by itself keeps nobody signed in, and a program has no idle time", async () => {
    const email = await patient();
    const ctx = await browserOf(email);
    const id = ctx.actor.kind === "user" ? ctx.actor.sessionId : "";
    const at = (minutes: number, isActive: boolean) => liveSession(id, "browser", later(minutes * 60), db, isActive);
    expect(await at(20, false)).not.toBeNull();
    expect(await at(29, true)).not.toBeNull();
    expect(await at(58, false)).not.toBeNull();
    expect(await at(60, false)).toBeNull();
    // Too late: what has ended is not revived.
    expect(await at(60, true)).toBeNull();
    expect(await at(61, true)).toBeNull();
    await owner`update sessions set last_seen_at = ${later(24 * 3600)} where id = ${id}`;
    expect(await at(24 * 60 + 1, true)).toBeNull();

    await owner`update users set role = 'receptionist' where email = ${email}`;
    const desk = await browserOf(email);
    const [row] =
      await owner`select idle_seconds, expires_at - created_at = interval '12 hours' as is_shift from sessions
      where id = ${desk.actor.kind === "user" ? desk.actor.sessionId : ""}`;
    expect(row).toEqual({ idle_seconds: 900, is_shift: true });
    const made = await createTokens(nobody, { email, password: PASSWORD }, from);
    if (!made.ok) throw new Error(made.code);
    expect(await bearerActor(made.value.accessToken, later(800), db)).not.toBeNull();
  });
});
