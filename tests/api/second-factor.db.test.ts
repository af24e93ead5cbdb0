import { randomUUID } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, it } from "vitest";
import { calls } from "@/app/api/v1/_calls";
import { hashPassword } from "@/lib/accounts/password";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";

const { owner, url } = await testDb();
process.env.DATABASE_URL = url;
process.env.SLOTWELL_MODE = "production";
process.env.RATE_LIMIT_DISABLED = "true";
process.env.LOG_LEVEL = "silent";
process.env.AUTH_SECRET = "a secret of the tests, long enough";

const PASSWORD = "a blue kettle on the stove";
const ADMIN = `${randomUUID()}@example.org`;
const PATIENT = `${randomUUID()}@example.org`;
const ids: Record<string, string> = {};

const signIn = async (email: string, otp?: string) =>
  (await api("POST", "/auth/token", { body: { email, password: PASSWORD, otp } })).body.accessToken as string;
const urlOf = (path: string) => path.replace(/\{\w+\}/g, () => randomUUID());

beforeAll(async () => {
  for (const [email, role] of [
    [ADMIN, "admin"],
    [PATIENT, "patient"],
  ] as const) {
    ids[email] = randomUUID();
    await owner`insert into users (id, email, role, display_name, password_hash, email_verified_at)
      values (${ids[email]!}, ${email}, ${role}, 'A person', ${await hashPassword(PASSWORD)}, now())`;
  }
});

describe("staff without the second factor that they must have", () => {
  it("reach nothing but what sets it up, then everything", async () => {
    const token = await signIn(ADMIN);
    for (const call of calls) {
      const { status, body } = await api(call.method, urlOf(call.path), { token, body: call.body ? {} : undefined });
      const isAdmitted = ["public", "signed_in", "staff", "clinic", "doctor_or_admin", "admin"].includes(call.access);
      const isRefused = status === 403 && body.code === (isAdmitted ? "second_factor_required" : "forbidden");
      expect([call.method, call.path, isRefused]).toEqual([call.method, call.path, !call.whileEnrolling]);
    }
    const open = calls.filter((call) => call.whileEnrolling).map((call) => call.path);
    expect(open.sort()).toEqual([
      "/me/password",
      "/me/second-factor",
      "/me/second-factor/totp",
      "/me/second-factor/totp/confirm",
    ]);
    const enrolled = await api("POST", "/me/second-factor/totp", { token });
    const totp = new TOTP({ secret: Secret.fromBase32(enrolled.body.secret as string) });
    const confirmed = await api("POST", "/me/second-factor/totp/confirm", { token, body: { otp: totp.generate() } });
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect((await api("GET", "/users", { token })).status).toBe(200);
    const codes = confirmed.body.recoveryCodes as unknown as string[];
    const again = await api("POST", "/auth/token", { body: { email: ADMIN, password: PASSWORD } });
    expect([again.status, again.body.code]).toEqual([401, "otp_required"]);
    expect((await api("GET", "/users", { token: await signIn(ADMIN, codes[0]) })).status).toBe(200);
    const kept = await api("POST", "/me/second-factor/totp/remove", { token, body: { password: PASSWORD } });
    expect([kept.status, kept.body.code]).toEqual([409, "policy_refused"]);
  });

  it("are not asked for one as patients", async () => {
    expect((await api("GET", "/me", { token: await signIn(PATIENT) })).status).toBe(200);
  });
});

describe("what needs a sign-in of the last minutes", () => {
  const guarded = calls.filter((call) => call.stepUp);

  it("is what cannot be taken back", () => {
    expect(guarded.map((call) => `${call.method} ${call.path}`)).toEqual(
      expect.arrayContaining([
        "POST /me/password",
        "POST /me/second-factor/totp/remove",
        "POST /me/passkeys/{id}/remove",
        "POST /users",
        "PATCH /users/{id}",
        "POST /users/{id}/reset-second-factor",
        "POST /emergency-access",
        "POST /record-grants",
        "GET /patients/{id}/export",
      ]),
    );
  });

  it("refuses an older one, also with a token that was refreshed since, and takes a fresh one", async () => {
    const codes = (await api("POST", "/auth/token", { body: { email: PATIENT, password: PASSWORD } })).body as {
      accessToken: string;
      refreshToken: string;
    };
    await owner`update sessions set authenticated_at = now() - interval '11 minutes' where user_id = ${ids[PATIENT]!}`;
    const refreshed = await api("POST", "/auth/refresh", { body: { refreshToken: codes.refreshToken } });
    const token = refreshed.body.accessToken as string;
    expect((await api("GET", "/me", { token })).status).toBe(200);
    for (const call of guarded.filter((one) => one.access === "signed_in")) {
      const { status, body } = await api(call.method, urlOf(call.path), { token, body: call.body ? {} : undefined });
      expect([call.path, status, body.code]).toEqual([call.path, 403, "step_up_required"]);
    }
    const fresh = await signIn(PATIENT);
    const changed = await api("POST", "/me/password", { token: fresh, body: { password: "three green boats at sea" } });
    expect(changed.status).toBe(204);
    expect((await api("GET", "/me", { token: fresh })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await api("GET", "/me", { token })).status).toBe(401);
  });
});
