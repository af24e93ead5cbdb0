import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { afterAll, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { generatedCsv, MAP } from "@/tests/support/import-csv";
import { runImport } from "./run-import";

const folder = mkdtempSync(path.join(tmpdir(), "slotwell-import-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const first = await testDb();
const second = await testDb();
const empty = await testDb();
const NOW = new Date("2017-01-01T00:00:00Z");

const fileOf = (name: string, content: string | Buffer) => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const mapFile = fileOf("map.json", JSON.stringify(MAP));
const { csv, rows } = generatedCsv(260);
const file = fileOf("visits.csv", csv);

/** All that an import leaves, without ids that differ from run to run. */
const stateOf = async (owner: postgres.Sql) => ({
  visits:
    await owner`select a.external_id, a.status, a.starts_at, a.requested_at, d.name as doctor, l.name as place, p.family_name as patient
    from appointments a join doctors d on d.id = a.doctor_id join locations l on l.id = a.location_id join patients p on p.id = a.patient_id
    order by a.external_id`,
  patients: await owner`select sex, family_name from patients order by family_name`,
  doctors:
    await owner`select d.name, count(r.id)::int as rules from doctors d join schedule_rules r on r.doctor_id = d.id group by d.name order by 1`,
  events:
    await owner`select a.external_id, e.type, e.version, e.at from appointment_events e join appointments a on a.id = e.appointment_id order by 1, 3`,
  outbox: await owner`select topic from outbox`,
});

it("judges every row in a dry run and writes nothing", async () => {
  const report = await runImport(empty.db, NOW, { file, mapFile, isDryRun: true });
  expect(report.rows).toBe(rows);
  expect(report.booked).toBeGreaterThan(150);
  const state = await stateOf(empty.owner);
  expect(Object.values(state).map((list) => list.length)).toEqual([0, 0, 0, 0, 0]);
  expect(await empty.owner`select from locations`).toHaveLength(0);
  expect(existsSync(path.join(folder, "visits.rejected.csv"))).toBe(false);
}, 60_000);

it("books each row in the order of asking, or says why not", async () => {
  const report = await runImport(first.db, NOW, { file, mapFile });
  expect(report.booked + report.refused).toBe(rows);
  expect(report.reasons).toMatchObject({ asked_after_day: 1, invalid_value: 3, duplicate_id: 1 });
  expect(report.reasons.no_free_slot).toBeGreaterThan(0);

  const rejected = readFileSync(path.join(folder, "visits.rejected.csv"), "utf8").trim().split("\n");
  expect(rejected).toHaveLength(report.refused + 1);
  expect(rejected.find((line) => line.includes("asked_after_day"))).toMatch(
    /asked for on 2016-10-15, after its day 2016-10-14/,
  );

  const { visits, outbox } = await stateOf(first.owner);
  expect(visits).toHaveLength(report.booked);
  expect(outbox).toHaveLength(0);
  expect(new Set(visits.map(({ status }) => status))).toEqual(new Set(["fulfilled", "no_show"]));
});

it("keeps the clinic's own days across the clock change of 2016-10-16", async () => {
  const days =
    await first.owner`select to_char(starts_at at time zone 'America/Sao_Paulo', 'YYYY-MM-DD HH24:MI') as wall,
    to_char(starts_at at time zone 'UTC', 'HH24:MI') as utc from appointments
    where (starts_at at time zone 'America/Sao_Paulo')::time = '08:00' group by 1, 2 order by 1`;
  expect(days).toEqual([
    { wall: "2016-10-14 08:00", utc: "11:00" },
    { wall: "2016-10-17 08:00", utc: "10:00" },
  ]);
  const [early] = await first.owner`select count(*)::int as n from appointments where starts_at < requested_at`;
  expect(early?.n).toBe(0);
});

it("changes nothing when it is run again", async () => {
  const before = await stateOf(first.owner);
  const report = await runImport(first.db, NOW, { file, mapFile });
  expect([report.booked, report.already]).toEqual([0, before.visits.length]);
  expect(await stateOf(first.owner)).toEqual(before);
});

it("ends in the same state after a kill in the middle and a new run", async () => {
  const script = path.resolve(import.meta.dirname, "../../scripts/import.ts");
  const env = { ...process.env, DATABASE_URL: second.url };
  const child = spawn(process.execPath, ["--import", "tsx", script, file, "--map", mapFile], { env, stdio: "ignore" });
  const ended = once(child, "exit");
  const placed = async () => (await second.owner`select from appointments`).length;
  while ((await placed()) < 40 && child.exitCode === null) await sleep(5);
  child.kill("SIGKILL");
  await ended;
  const atKill = await placed();
  const whole = await stateOf(first.owner);
  expect(atKill).toBeGreaterThan(0);
  expect(atKill).toBeLessThan(whole.visits.length);
  const [half] = await second.owner`select count(*)::int as n from appointments where status = 'booked'`;
  expect(half?.n).toBe(0);

  await runImport(second.db, NOW, { file, mapFile });
  expect(await stateOf(second.owner)).toEqual(whole);
}, 60_000);

const text = csv.split("\n");
it.each([
  ["a missing column", csv.replace("clinic", "place"), MAP, /line 1, "clinic": there is no such column/],
  ["Latin-1 bytes", Buffer.from(csv, "latin1"), MAP, /line 2, column \d+, "clinic": the byte CD is not UTF-8/],
  [
    "a quote that never closes",
    csv.replace("\n8005,", '\n"8005,'),
    MAP,
    /line \d+.*a quote is opened and never closed/,
  ],
  [
    "a quote in the middle",
    csv.replace("\n9003,", '\n90"03,'),
    MAP,
    /line 4, column \d+.*a quote stands in the middle/,
  ],
  [
    "a row that is too short",
    [...text.slice(0, 6), "1,2", ...text.slice(6)].join("\n"),
    MAP,
    /line 7.*more or fewer fields/,
  ],
  [
    "a row without end",
    Buffer.concat([Buffer.from(`${csv}"`), Buffer.alloc(3_000_000, "a\n")]),
    MAP,
    /line \d+.*the row is too long/,
  ],
  ["an empty file", "", MAP, /line 1: the file is empty/],
  [
    "a map with an unknown zone",
    csv,
    { ...MAP, timeZone: "Brazil/Nowhere" },
    /map.*line \d+, column \d+: timeZone: is not an IANA/,
  ],
  ["a map with a word too many", csv, { ...MAP, surprise: 1 }, /map.*surprise/],
  ["a map without a day", csv, { ...MAP, columns: { ...MAP.columns, day: undefined } }, /"day" is needed/],
  ["a map that is not JSON", csv, '{\n  "source": vitoria }', /map.*line 2, column \d+: is not valid JSON/],
  ["a service nobody knows", csv, { ...MAP, createMissing: undefined }, /there is no service "Clinic visit"/],
])("names %s before anything is written", async (_, content, map, message) => {
  const broken = fileOf("broken.csv", content);
  const brokenMap = fileOf("broken-map.json", typeof map === "string" ? map : JSON.stringify(map, null, 2));
  await expect(runImport(empty.db, NOW, { file: broken, mapFile: brokenMap })).rejects.toThrow(message);
  expect(await empty.owner`select from locations`).toHaveLength(0);
  expect(await empty.owner`select from patients`).toHaveLength(0);
});

it("refuses places that are not there when it may not make them", async () => {
  await empty.owner`insert into services (id, name, duration_minutes, slot_step_minutes) values (gen_random_uuid(), 'Clinic visit', 15, 15)`;
  const strict = fileOf("strict.json", JSON.stringify({ ...MAP, createMissing: undefined }));
  const report = await runImport(empty.db, NOW, { file, mapFile: strict });
  expect(report.booked).toBe(0);
  expect(report.reasons.location_not_found).toBeGreaterThan(150);
  expect(await empty.owner`select from patients`).toHaveLength(0);
});

it("takes the times that a file gives, and refuses those that are not free, on the grid or within hours", async () => {
  const timed = await testDb();
  const { placement: _, columns, ...others } = MAP;
  const { day: __, ...named } = columns;
  const timedMap = fileOf("timed.json", JSON.stringify({ ...others, columns: { ...named, startsAt: "at" } }));
  const asked = "2016-10-01 08:00:00";
  const rows = [
    ["at the given time", 1, "2016-10-14 09:00:00", "kept"],
    ["with the second doctor", 2, "2016-10-14 09:00:00", "missed"],
    ["with nobody", 3, "2016-10-14 09:00:00", "kept"],
    ["while elsewhere", 1, "2016-10-14 09:00:00", "kept"],
    ["off the grid", 4, "2016-10-14 10:07:00", "kept"],
    ["after hours", 5, "2016-10-14 17:00:00", "kept"],
    ["at an instant, in summer time", 6, "2016-10-17T11:00:00Z", "kept"],
    ["at no time at all", 7, "2016-10-14", "kept"],
    ["still to come, kept already", 8, "2017-03-01 09:00:00", "kept"],
  ].map(([id, patient, at, outcome]) =>
    [id, patient, asked, at, "F", "Vila Nova", outcome].map((field) => `"${field}"`),
  );
  const timedFile = fileOf("timed.csv", ["id,patient,asked,at,gender,clinic,outcome", ...rows.map(String)].join("\n"));
  const report = await runImport(timed.db, NOW, { file: timedFile, mapFile: timedMap });
  expect(report.reasons).toEqual({ no_free_slot: 4, invalid_value: 1, outcome_before_visit: 1 });
  const placed =
    await timed.owner`select external_id as id, starts_at, status from appointments order by starts_at, external_id`;
  expect(placed.map(({ id, starts_at, status }) => [id, starts_at.toISOString(), status])).toEqual([
    ["made-up:at the given time", "2016-10-14T12:00:00.000Z", "fulfilled"],
    ["made-up:with the second doctor", "2016-10-14T12:00:00.000Z", "no_show"],
    ["made-up:at an instant, in summer time", "2016-10-17T11:00:00.000Z", "fulfilled"],
  ]);
});
