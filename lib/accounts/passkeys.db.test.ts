import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Context } from "@/lib/platform/context";
import { closeLimits } from "@/lib/platform/rate-limit";
import { liveSession } from "@/lib/platform/session";
import { authenticator, type Lie } from "@/tests/support/authenticator";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { addPasskey, beginPasskey } from "./add-passkey";
import { askForPasskey, confirmWithPasskey, signInWithPasskey } from "./answer-passkey";
import { CHALLENGE_SECONDS } from "./passkey-challenge";

vi.hoisted(() => {
  process.env.DATABASE_URL ??= "postgres://unused";
  process.env.LOG_LEVEL = "silent";
});

const { db, owner } = await testDb({ role: "web" });
const now = new Date();
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const party = { id: "clinic.test", origin: "https://clinic.test" };
const from = { address: "198.51.100.7", userAgent: "test" };
const nobody: Context = { db, actor: { kind: "anonymous" }, now, requestId: randomUUID() };
const people = peopleOf(db, owner, now);
beforeEach(() => closeLimits());

type Device = ReturnType<typeof authenticator>;

/** A registration from its beginning; `at`: when the answer comes. */
async function register(ctx: Context, device: Device, lie: Lie = {}, at = now) {
  const begun = await beginPasskey(ctx, party);
  if (!begun.ok) throw new Error(begun.code);
  const { options, challengeId } = begun.value;
  const answer = { credential: device.register(options.challenge, lie), challengeId, party, userAgent: null };
  return { answer, added: await addPasskey({ ...ctx, now: at }, answer as never) };
}

async function signInBy(device: Device, lie: Lie = {}, at = now) {
  const asked = await askForPasskey(nobody, "sign_in", party);
  if (!asked.ok) throw new Error(asked.code);
  const { options, challengeId } = asked.value;
  const answer = { credential: device.sign(options.challenge, lie), challengeId, party } as never;
  return { answer, signedIn: await signInWithPasskey({ ...nobody, now: at }, answer, from) };
}

async function owned(device = authenticator(party)) {
  const ctx = await people.patient();
  const { added } = await register(ctx, device);
  if (!added.ok) throw new Error(added.code);
  return { ctx, device, codes: added.value.recoveryCodes };
}
const userOf = ({ actor }: Context) => (actor.kind === "user" ? actor.userId : "");
const keyOf = async (ctx: Context) =>
  (await owner`select sign_count::int as count, last_used_at from passkeys where user_id = ${userOf(ctx)}`)[0];

describe("registering a passkey", () => {
  it("keeps its key, gives recovery codes with the first, and tells the owner", async () => {
    const { ctx, codes } = await owned();
    expect(codes).toHaveLength(10);
    expect(await keyOf(ctx)).toEqual({ count: 1, last_used_at: null });
    const topics = await owner`select topic from outbox where payload->>'userId' = ${userOf(ctx)}`;
    expect(topics.map(({ topic }) => topic)).toContain("account.passkey_added");
    const second = await register(ctx, authenticator(party));
    expect(second.added).toMatchObject({ ok: true, value: { recoveryCodes: null } });
  });

  it("takes a challenge once, from its browser and account, and in time", async () => {
    const { ctx, device } = await owned();
    const { answer, added } = await register(ctx, authenticator(party));
    expect(added.ok).toBe(true);
    const refused = { ok: false, data: { reason: "passkey_not_verified" } };
    expect(await addPasskey(ctx, answer as never)).toMatchObject(refused);
    expect((await register(ctx, authenticator(party), {}, later(CHALLENGE_SECONDS + 1))).added).toMatchObject(refused);
    const begun = await beginPasskey(ctx, party);
    if (!begun.ok) throw new Error(begun.code);
    const stolen = { credential: authenticator(party).register(begun.value.options.challenge), party, userAgent: null };
    const other = await people.patient();
    expect(await addPasskey(other, { ...stolen, challengeId: begun.value.challengeId } as never)).toMatchObject(
      refused,
    );
    expect(await addPasskey(ctx, { ...stolen, challengeId: undefined } as never)).toMatchObject(refused);
    expect((await register(ctx, device)).added).toMatchObject({ data: { reason: "passkey_known" } });
  });

  const lies: [what: string, lie: Lie][] = [
    ["of another site", { origin: "https://clinic.test.evil.test" }],
    ["of the right name without TLS", { origin: "http://clinic.test" }],
    ["for another domain", { rpId: "evil.test" }],
    ["of another challenge", { challenge: "AAAA" }],
    ["that did not ask who is there", { isVerified: false }],
    ["that was made for a sign-in", { type: "webauthn.get" }],
  ];
  it.each(lies)("refuses an answer %s", async (_, lie) => {
    const ctx = await people.patient();
    expect((await register(ctx, authenticator(party), lie)).added).toMatchObject({ ok: false });
    expect(await keyOf(ctx)).toBeUndefined();
  });
});

describe("signing in with a passkey", () => {
  it("opens a session of the owner's, both factors at once", async () => {
    const { ctx, device } = await owned();
    const { signedIn } = await signInBy(device);
    if (!signedIn.ok) throw new Error(signedIn.code);
    expect(await liveSession(signedIn.value.sessionId, "browser", now, db)).toMatchObject({ userId: userOf(ctx) });
    expect(await keyOf(ctx)).toEqual({ count: 2, last_used_at: now });
  });

  it("takes an answer once, in time, and for what it was asked", async () => {
    const { ctx, device } = await owned();
    const { answer, signedIn } = await signInBy(device);
    expect(signedIn.ok).toBe(true);
    expect(await signInWithPasskey(nobody, answer, from)).toMatchObject({ code: "invalid_credentials" });
    expect((await signInBy(device, {}, later(CHALLENGE_SECONDS + 1))).signedIn.ok).toBe(false);
    const asked = await askForPasskey(ctx, "confirm", party);
    if (!asked.ok) throw new Error(asked.code);
    const { options, challengeId } = asked.value;
    const forConfirming = { credential: device.sign(options.challenge), challengeId, party } as never;
    expect(await signInWithPasskey(nobody, forConfirming, from)).toMatchObject({ code: "invalid_credentials" });
  });

  const lies: [what: string, lie: Lie][] = [
    ["another site got", { origin: "https://clinic.evil.test" }],
    ["is for another domain", { rpId: "evil.test" }],
    ["answers another challenge", { challenge: "AAAA" }],
    ["did not ask who is there", { isVerified: false }],
    ["another key signed", { forged: true }],
    ["was made for registering", { type: "webauthn.create" }],
    ["counts as one before it did", { counter: 1 }],
  ];
  it.each(lies)("refuses what %s", async (_, lie) => {
    const { ctx, device } = await owned();
    expect((await signInBy(device, lie)).signedIn).toMatchObject({ ok: false, code: "invalid_credentials" });
    expect(await keyOf(ctx)).toEqual({ count: 1, last_used_at: null });
    expect((await signInBy(device)).signedIn.ok).toBe(true);
  });

  it("lets one of two answers with the same count in, and any of a key that does not count", async () => {
    const { device } = await owned();
    const twins = await Promise.all([signInBy(device, { counter: 9 }), signInBy(device, { counter: 9 })]);
    expect(twins.filter(({ signedIn }) => signedIn.ok)).toHaveLength(1);
    const synced = await owned(authenticator(party, { counts: false }));
    for (let times = 0; times < 2; times++) expect((await signInBy(synced.device)).signedIn.ok).toBe(true);
  });

  it("ends with the account, and knows nobody else's key", async () => {
    const { ctx, device } = await owned();
    expect((await signInBy(authenticator(party))).signedIn.ok).toBe(false);
    await owner`update users set disabled_at = now() where id = ${userOf(ctx)}`;
    expect((await signInBy(device)).signedIn.ok).toBe(false);
  });
});

it("confirms who one is by one's own passkey only", async () => {
  const [mine, other] = [await owned(), await owned()];
  const confirm = async (device: Device) => {
    const asked = await askForPasskey(mine.ctx, "confirm", party);
    if (!asked.ok) throw new Error(asked.code);
    const { options, challengeId } = asked.value;
    return confirmWithPasskey(mine.ctx, { credential: device.sign(options.challenge), challengeId, party } as never);
  };
  expect(await confirm(other.device)).toMatchObject({ code: "invalid_credentials" });
  expect(await confirm(mine.device)).toMatchObject({ ok: true });
  expect(await askForPasskey(nobody, "confirm", party)).toMatchObject({ code: "unauthenticated" });
});
