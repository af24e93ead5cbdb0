import { expect, it } from "vitest";
import { signAccessToken } from "@/lib/platform/auth-token";
import type { Context } from "@/lib/platform/context";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";
import { ward } from "@/tests/support/records";

const { db, owner, url } = await testDb();
Object.assign(process.env, {
  DATABASE_URL: url,
  SLOTWELL_MODE: "development",
  RATE_LIMIT_DISABLED: "true",
  LOG_LEVEL: "silent",
});
const w = await ward(db, owner);

async function tokenOf({ actor }: Context): Promise<string> {
  if (actor.kind !== "user") throw new Error("nobody signs in");
  const { userId, sessionId, role } = actor;
  await owner`insert into sessions (id, user_id, kind, expires_at) values (${sessionId}, ${userId}, 'api', now() + interval '1 hour')
    on conflict do nothing`;
  return signAccessToken(db, { userId, sessionId, role }, new Date());
}

it("writes, amends, releases and reads as the contract says, and keeps nothing of it in plain for a repeated request", async () => {
  const [doctor, ana] = await Promise.all([tokenOf(w.doctor), tokenOf(w.ana)]);
  const path = `/patients/${w.ids.ana}/records`;
  const body = { kind: "visit_note", title: "Canary4242", body: "Dry cough.", appointmentId: w.ids.visit };
  const headers = { "idempotency-key": "k-1" };
  const made = await api("POST", path, { token: doctor, body, headers });
  expect([made.status, made.body.status, made.headers.get("etag")]).toEqual([201, "signed", '"1"']);
  const again = await api("POST", path, { token: doctor, body, headers });
  expect([again.status, again.body, again.headers.get("idempotency-replayed")]).toEqual([201, made.body, "true"]);
  const [kept] = await owner`select body::text from idempotency_keys where key = 'k-1'`;
  expect(kept?.body).not.toContain("Canary4242");

  const record = `/records/${made.body.id}`;
  const amended = await api("POST", `${record}/amend`, { token: doctor, body: { body: "No cough." } });
  expect([amended.status, amended.body.status, amended.body.title]).toEqual([200, "amended", "Canary4242"]);
  const stale = await api("POST", `${record}/release`, { token: doctor, headers: { "if-match": '"1"' } });
  expect([stale.status, stale.body.code]).toEqual([412, "version_conflict"]);
  expect((await api("GET", record, { token: ana })).status).toBe(404);
  expect((await api("POST", `${record}/release`, { token: doctor })).status).toBe(200);
  expect((await api("GET", record, { token: ana })).body).toMatchObject({ body: "No cough.", release: "released" });
  expect((await api("GET", path, { token: ana })).body.items).toHaveLength(1);
  const log = await api("GET", `/patients/${w.ids.ana}/access-log`, { token: ana });
  expect((log.body.items as unknown as { what: string }[]).map(({ what }) => what)).toContain("record");
});
