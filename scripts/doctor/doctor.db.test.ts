import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { connect } from "@/db/client";
import { readEnv } from "@/lib/platform/env";
import { assertMigrated, checkHealth } from "@/lib/platform/health";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { examineDatabase, rebuildBusyDays } from "./database";
import { examineRoles } from "./roles";
import { examineClock, examineZones } from "./time";

const { db, owner, url: database } = await testDb();
const now = new Date("2026-03-02T12:00:00Z");
const people = peopleOf(db, owner, now);

const finding = async (name: string, all = false) =>
  (await examineDatabase(db, { all, now })).find((found) => found.name === name);

it("finds busy cells that do not say what the visits say, and makes them anew", async () => {
  const doctor = await people.doctor();
  const doctorId = doctor.actor.kind === "user" ? doctor.actor.doctorId : null;
  const patientId = await people.addPatientRow(null);
  const [place] =
    await owner`insert into locations (id, name, time_zone) values (gen_random_uuid(), 'A', 'Asia/Kolkata') returning id`;
  const [service] =
    await owner`insert into services (id, name, duration_minutes, slot_step_minutes) values (gen_random_uuid(), 'A', 30, 30) returning id`;
  // Across midnight UTC, so two days have cells.
  for (const [index, span] of [
    "[2026-03-03 23:45Z,2026-03-04 00:15Z)",
    "[2025-01-01 09:00Z,2025-01-01 09:30Z)",
  ].entries()) {
    await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy)
      values (gen_random_uuid(), ${`R${index}`}, 'booked', ${service?.id}, ${doctorId}, ${place?.id}, ${patientId}, ${span}, ${span})`;
  }
  expect(await finding("busy days")).toMatchObject({ status: "ok", says: expect.stringMatching(/^2 agree/) });
  await owner`update doctor_busy_days set bits = ~bits where day = '2025-01-01'`;
  expect(await finding("busy days")).toMatchObject({ status: "ok" });
  expect(await finding("busy days", true)).toMatchObject({
    status: "bad",
    says: "1 of 3 do not agree with the visits",
  });
  await owner`delete from doctor_busy_days where day = '2026-03-04'`;
  expect(await finding("busy days")).toMatchObject({ status: "bad", says: "1 of 2 do not agree with the visits" });
  await rebuildBusyDays(db, now);
  expect(await finding("busy days", true)).toMatchObject({ status: "ok" });
});

it("says who each login is, and warns where web or worker own the tables or may do anything", async () => {
  const url = new URL(database);
  const login = async (name: string, role: string) => {
    await owner.unsafe(`create role ${name} login password 'x' in role ${role}`);
    return Object.assign(new URL(url), { username: name, password: "x" }).href;
  };
  const tag = randomBytes(4).toString("hex");
  const [DATABASE_URL, DATABASE_WORKER_URL, shared] = [
    await login(`web_${tag}`, "slotwell_web"),
    await login(`worker_${tag}`, "slotwell_worker"),
    await login(`both_${tag}`, "slotwell_operator"),
  ];
  const examined = (urls: Record<string, string>) => examineRoles(readEnv(urls as never));
  expect(await examined({ DATABASE_URL, DATABASE_WORKER_URL, DATABASE_OWNER_URL: url.href })).toMatchObject([
    {
      name: "web login",
      status: "ok",
      says: `DATABASE_URL logs in as web_${tag} and acts as slotwell_web, bound by row-level security`,
    },
    { name: "worker login", status: "ok", says: expect.stringContaining("acts as slotwell_worker") },
    { name: "operator login", status: "ok", says: expect.stringContaining("DATABASE_OWNER_URL logs in as postgres") },
  ]);
  expect(await examined({ DATABASE_URL: shared })).toMatchObject([
    { status: "ok", says: expect.stringContaining("may act as web and as worker") },
    { status: "ok" },
    { status: "ok" },
  ]);
  expect(await examined({ DATABASE_URL: url.href })).toMatchObject([
    { status: "warn", says: expect.stringContaining("superuser") },
    { status: "warn", says: expect.stringContaining("superuser") },
    { status: "ok" },
  ]);
  expect(await examined({ DATABASE_URL: DATABASE_WORKER_URL })).toMatchObject([
    { status: "bad", mend: expect.stringContaining("grant slotwell_web") },
    { status: "ok" },
    { status: "bad" },
  ]);
  await owner.unsafe(`alter table outbox owner to both_${tag}`);
  expect(await examined({ DATABASE_URL: shared })).toMatchObject([
    { status: "warn", says: expect.stringContaining("owns the tables") },
    { status: "warn" },
    { status: "ok" },
  ]);
  await owner.unsafe(`reassign owned by both_${tag} to postgres; drop role both_${tag}, web_${tag}, worker_${tag}`);
});

it("sees that clocks agree, and that zones are alike", async () => {
  expect(await finding("extensions")).toMatchObject({ status: "ok" });
  expect(await examineClock(db)).toMatchObject({ status: "ok" });
  expect(await examineZones(db, now)).toMatchObject({ name: "time zones" });
  await owner`insert into locations (id, name, time_zone) values (gen_random_uuid(), 'Nowhere', 'Europe/Atlantis')`;
  expect(await examineZones(db, now)).toMatchObject({
    status: "bad",
    says: expect.stringContaining("Europe/Atlantis"),
  });
});

it("is not ready without its database or its migrations, and merely degraded without queue and cache", async () => {
  const [amqpUrl, redisUrl] = ["amqp://127.0.0.1:1", "redis://127.0.0.1:1"];
  const health = await checkHealth({ db, amqpUrl, redisUrl });
  expect(health).toMatchObject({
    status: "degraded",
    checks: {
      database: { status: "ok", required: true },
      migrations: { status: "ok", required: true },
      queue: { status: "failing", required: false },
      cache: { status: "failing", required: false },
    },
  });
  expect(await checkHealth({ db })).toMatchObject({ status: "ok", checks: { queue: { status: "off" } } });

  const gone = connect("postgres://nobody:none@127.0.0.1:1/none", { connectTimeoutSeconds: 1 });
  expect(await checkHealth({ db: gone })).toMatchObject({
    status: "failing",
    checks: { database: { status: "failing" } },
  });
  await gone.close();

  await owner`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`;
  await expect(assertMigrated(db)).rejects.toThrow("not migrated");
  expect(await finding("migrations")).toMatchObject({ status: "bad", mend: "Run: npm run migrate" });
});
