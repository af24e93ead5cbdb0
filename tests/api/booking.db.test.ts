import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { UserActor } from "@/lib/domain/actor";
import { signAccessToken } from "@/lib/platform/auth-token";
import { api } from "@/tests/support/api";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";

const { db, owner, url } = await testDb();
Object.assign(process.env, { DATABASE_URL: url, RATE_LIMIT_DISABLED: "true", LOG_LEVEL: "silent" });

const make = clinicMaker(owner);
const locationId = await make.location("America/New_York");
const serviceId = await make.service({ minNoticeMinutes: 0, horizonDays: 400 });
const newDoctor = () => make.doctor({ locationId, serviceIds: [serviceId] });

/** A week from now, so that neither notice nor horizon matters; ten o'clock in New York at the doctor's place. */
const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

async function tokensOf(actors: UserActor[]): Promise<string[]> {
  const now = new Date();
  const rows = actors.map((actor) => ({
    id: uuidv7(),
    user_id: actor.userId,
    kind: "api",
    expires_at: new Date(Date.now() + 3_600_000),
  }));
  await owner`insert into sessions ${owner(rows)}`;
  return Promise.all(
    rows.map(({ id, user_id }) => signAccessToken(db, { userId: user_id, sessionId: id, role: "patient" }, now)),
  );
}

const tokenOf = async (actor: UserActor) => (await tokensOf([actor]))[0] as string;

async function freeStarts(doctorId: string): Promise<string[]> {
  const { body } = await api("GET", `/slots?serviceId=${serviceId}&doctorId=${doctorId}&from=${day}&to=${day}`);
  return (body.items as unknown as { start: string }[]).map(({ start }) => start);
}

const countsOf = async (doctorId: string) => {
  const [row] = await owner`select count(*)::int as visits,
    (select count(*)::int from appointment_events e join appointments b on b.id = e.appointment_id where b.doctor_id = ${doctorId}) as events
    from appointments where doctor_id = ${doctorId}`;
  return row;
};

describe("a slot that everybody wants", () => {
  it("goes to one of 1,000 patients; 999 are told so, and nothing breaks", async () => {
    const doctor = await newDoctor();
    const patients: { actor: UserActor }[] = [];
    for (let made = 0; made < 1_000; made += 100) patients.push(...(await make.patients(100)));
    const tokens = await tokensOf(patients.map(({ actor }) => actor));
    const [start] = await freeStarts(doctor.id);

    const replies = await Promise.all(
      tokens.map((token) => api("POST", "/appointments", { token, body: { serviceId, doctorId: doctor.id, start } })),
    );

    const statuses: Record<string, number> = {};
    for (const { status, body } of replies) {
      const key = `${status} ${body.code ?? ""}`.trim();
      statuses[key] = (statuses[key] ?? 0) + 1;
    }
    expect(statuses).toEqual({ "201": 1, "409 slot_unavailable": 999 });
    expect(await countsOf(doctor.id)).toEqual({ visits: 1, events: 1 });
  }, 120_000);
});

describe("Idempotency-Key", () => {
  it("books once for one key, at once and again later, and refuses the key for another body", async () => {
    const doctor = await newDoctor();
    const token = await tokenOf((await make.patient()).actor);
    const [start, other] = await freeStarts(doctor.id);
    const headers = { "idempotency-key": uuidv7() };
    const body = { serviceId, doctorId: doctor.id, start };

    const together = await Promise.all(
      Array.from({ length: 8 }, () => api("POST", "/appointments", { token, body, headers })),
    );
    const ids = new Set(together.map((reply) => reply.body.id));
    expect(together.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(ids.size).toBe(1);
    expect(together.filter((reply) => reply.headers.get("idempotency-replayed") === null)).toHaveLength(1);

    // The whole answer, its members in their order.
    expect(new Set(together.map((reply) => JSON.stringify(reply.body))).size).toBe(1);

    const reordered = { start, doctorId: doctor.id, serviceId };
    const again = await api("POST", "/appointments", { token, body: reordered, headers });
    expect([again.status, again.body.id, again.headers.get("idempotency-replayed")]).toEqual([
      201,
      [...ids][0],
      "true",
    ]);

    const reused = await api("POST", "/appointments", { token, body: { ...body, start: other }, headers });
    expect([reused.status, reused.body.code]).toEqual([422, "idempotency_key_reused"]);
    expect(await countsOf(doctor.id)).toEqual({ visits: 1, events: 1 });
  });

  it("gives a refusal again too, and keeps one account's keys from another's", async () => {
    const doctor = await newDoctor();
    const [first, second] = await tokensOf([(await make.patient()).actor, (await make.patient()).actor]);
    const [start] = await freeStarts(doctor.id);
    const body = { serviceId, doctorId: doctor.id, start };
    const headers = { "idempotency-key": "same-key" };
    expect((await api("POST", "/appointments", { token: first, body, headers })).status).toBe(201);
    const refused = await api("POST", "/appointments", { token: second, body, headers });
    expect([refused.status, refused.body.code]).toEqual([409, "slot_unavailable"]);
    const replayed = await api("POST", "/appointments", { token: second, body, headers });
    expect([replayed.status, replayed.headers.get("idempotency-replayed")]).toEqual([409, "true"]);
    expect(replayed.body).toEqual(refused.body);
  });
});

describe("versions", () => {
  it("carries an ETag, answers 304 to who has it, and refuses a change that starts from an older one", async () => {
    const doctor = await newDoctor();
    const token = await tokenOf((await make.patient()).actor);
    const [start, later] = await freeStarts(doctor.id);
    const booked = await api("POST", "/appointments", { token, body: { serviceId, doctorId: doctor.id, start } });
    const path = `/appointments/${booked.body.id}`;
    expect(booked.headers.get("etag")).toBe('"1"');

    const known = await api("GET", path, { token, headers: { "if-none-match": '"1"' } });
    expect(known.status).toBe(304);

    const moved = await api("POST", `${path}/reschedule`, {
      token,
      body: { start: later },
      headers: { "if-match": '"1"' },
    });
    expect([moved.status, moved.body.start, moved.headers.get("etag")]).toEqual([200, later, '"2"']);
    const stale = await api("POST", `${path}/cancel`, { token, body: {}, headers: { "if-match": '"1"' } });
    expect([stale.status, stale.body.code]).toEqual([412, "version_conflict"]);
    const odd = await api("POST", `${path}/cancel`, { token, body: {}, headers: { "if-match": "nonsense" } });
    expect(odd.status).toBe(412);
    const cancelled = await api("POST", `${path}/cancel`, { token, body: {}, headers: { "if-match": '"2"' } });
    expect([cancelled.status, cancelled.body.status]).toEqual([200, "cancelled"]);
    const history = await api("GET", `${path}/history`, { token });
    expect((history.body.items as unknown as { type: string }[]).map(({ type }) => type)).toEqual([
      "appointment.booked",
      "appointment.rescheduled",
      "appointment.cancelled",
    ]);
  });
});

describe("lists", () => {
  it("page through everything once, whatever the limit", async () => {
    const doctor = await newDoctor();
    const starts = await freeStarts(doctor.id);
    const seen: string[] = [];
    let cursor: unknown = null;
    do {
      const more = cursor ? `&cursor=${encodeURIComponent(String(cursor))}` : "";
      const { status, body } = await api(
        "GET",
        `/slots?serviceId=${serviceId}&doctorId=${doctor.id}&from=${day}&to=${day}&limit=3${more}`,
      );
      expect(status).toBe(200);
      seen.push(...(body.items as unknown as { start: string }[]).map(({ start }) => start));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual(starts);
    expect(seen.length).toBeGreaterThan(10);
  });

  it("name the parameter that is wrong", async () => {
    for (const [query, path] of [
      ["from=2026-02-30&to=2026-03-01", "from"],
      ["from=2026-03-01&to=2026-06-01", "to"],
      ["from=2026-03-01&to=2026-03-02&limit=0", "limit"],
      ["from=2026-03-01&to=2026-03-02&limit=x", "limit"],
      ["from=2026-03-01&to=2026-03-02&cursor=!!", "cursor"],
      ["from=2026-03-01", "to"],
    ]) {
      const { status, body } = await api("GET", `/slots?serviceId=${serviceId}&${query}`);
      const errors = body.errors as unknown as { path: string }[] | undefined;
      expect([query, status, errors?.[0]?.path]).toEqual([query, 400, path]);
    }
  });
});
