import { expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { bookAppointment } from "./book-appointment";
import { changeStatus } from "./change-status";
import { flowBoard } from "./flow-board";
import { placeAtWork } from "./place-at-work";
import { visitTable } from "./visit-table";

const { db, owner } = await testDb();
const make = clinicMaker(owner);
const now = new Date("2026-03-02T06:00:00Z");
const as = (actor: Actor, at = now): Context => ({ db, actor, now: at, requestId: "test" });
const reception = await peopleOf(db, owner, now).staff("receptionist");
const table = { sort: "start", descending: false, page: 1, size: 25 } as const;

const locationId = await make.location();
const serviceId = await make.service();
const [one, other] = [
  await make.doctor({ locationId, serviceIds: [serviceId] }),
  await make.doctor({ locationId, serviceIds: [serviceId] }),
];
const patient = await make.patient();
const book = async (doctorId: string, time: string) => {
  const booked = await bookAppointment(as(patient.actor), {
    serviceId,
    doctorId,
    start: new Date(`2026-03-03T${time}:00Z`),
  });
  if (!booked.ok) throw new Error(booked.code);
  return booked.value;
};
const visits = [await book(one.id, "09:00"), await book(other.id, "10:00"), await book(one.id, "11:00")];
const ids = visits.map(({ id }) => id);

it("pages, orders and filters visits of staff, a doctor's own only, and nobody else's at all", async () => {
  const list = async (ctx: Context, more = {}) => {
    const found = await visitTable(ctx, { ...table, patientId: patient.id, ...more });
    return found.ok ? { ids: found.value.items.map(({ id }) => id), total: found.value.total } : found.code;
  };
  const [doctor] = await owner<{ name: string }[]>`select name from doctors where id = ${one.id}`;
  expect(await list(reception)).toEqual({ ids, total: 3 });
  expect(await list(reception, { descending: true, size: 2, page: 2 })).toEqual({ ids: [ids[0]], total: 3 });
  expect(await list(reception, { query: visits[1]?.reference })).toEqual({ ids: [ids[1]], total: 1 });
  expect(await list(reception, { query: "nobodyhasthisname" })).toEqual({ ids: [], total: 0 });
  expect(await list(reception, { status: ["cancelled"] })).toEqual({ ids: [], total: 0 });
  expect(await list(reception, { doctorName: doctor?.name.slice(2).toUpperCase() })).toEqual({
    ids: [ids[0], ids[2]],
    total: 2,
  });
  expect(await list(reception, { doctorName: "%" })).toEqual({ ids: [], total: 0 });
  expect(await list(as(one.actor))).toEqual({ ids: [ids[0], ids[2]], total: 2 });
  expect(await list(as(patient.actor))).toBe("forbidden");
  expect(await list(as({ kind: "anonymous" }))).toBe("forbidden");
});

it("finds the place where people are expected", async () => {
  const at = (time: string, actor = reception.actor) => placeAtWork(as(actor, new Date(`2026-03-03T${time}:00Z`)));
  expect(await at("08:30")).toBe(locationId);
  expect(await at("03:00")).toBeNull();
  expect(await at("13:00")).toBeNull();
  expect(await at("08:30", { kind: "anonymous" } as Actor)).toBeNull();
});

it("tells today from before by the calendar of each visit's place", async () => {
  const away = await make.location("Pacific/Apia");
  const doctor = await make.doctor({ locationId: away, serviceIds: [serviceId] });
  const [early] = await owner<{ at: Date }[]>`select ('2026-03-03 10:00'::timestamp at time zone 'Pacific/Apia') as at`;
  const booked = await bookAppointment(as(patient.actor), { serviceId, doctorId: doctor.id, start: early?.at as Date });
  const there = booked.ok ? booked.value.id : booked.code;
  const zones = ["UTC", "Pacific/Apia"];
  const list = async (at: string, when: "upcoming" | "past") => {
    const input = { ...table, patientId: patient.id, period: { when, zones } };
    const found = await visitTable(as(reception.actor, new Date(at)), input);
    return found.ok && found.value.items.map(({ id }) => id);
  };
  expect(await list("2026-03-03T09:59:00Z", "upcoming")).toEqual([there, ...ids]);
  // Midnight of Apia has passed, that of UTC has not.
  expect(await list("2026-03-03T11:30:00Z", "upcoming")).toEqual(ids);
  expect(await list("2026-03-03T11:30:00Z", "past")).toEqual([there]);
  expect(await list("2026-03-04T00:00:00Z", "past")).toEqual([there, ...ids]);
});

it("says on the board since when a visit has been where it is", async () => {
  const arrived = new Date("2026-03-03T08:55:00Z");
  await changeStatus(as(reception.actor, arrived), { id: ids[0] as string, status: "arrived" });
  const board = await flowBoard(as(reception.actor, new Date("2026-03-03T09:05:00Z")), {
    locationId,
    zones: ["UTC"],
    most: 25,
  });
  const shown = board.ok ? board.value.flatMap(({ id, visits }) => visits.map(({ since }) => [id, since])) : board.code;
  expect(shown).toEqual([
    ["booked", now.toISOString()],
    ["booked", now.toISOString()],
    ["arrived", arrived.toISOString()],
  ]);
});

it("shows on the board the next of those to come and the last of those who are done, and counts them all", async () => {
  const place = await make.location("Australia/Sydney");
  const here = await make.doctor({ locationId: place, serviceIds: [serviceId] });
  const visit = async (start: string, status: string) => {
    const [row] = await owner<{ id: string }[]>`
      insert into appointments (id, reference, service_id, doctor_id, location_id, patient_id, during, busy, status, cancelled_at)
      select gen_random_uuid(), left(md5(random()::text), 9), ${serviceId}, ${here.id}, ${place}, ${(await make.patient()).id}, r, r, ${status},
        case when ${status} = 'cancelled' then ${now}::timestamptz end
      from (select tstzrange(${start}::timestamptz, ${start}::timestamptz + interval '15 minutes', '[)') as r) made returning id`;
    return row?.id;
  };
  // 4 March in Sydney begins at 13:00 UTC of the 3rd.
  const before = await visit("2026-03-03T12:30:00Z", "fulfilled");
  const done = [await visit("2026-03-03T23:00:00Z", "fulfilled"), await visit("2026-03-03T23:30:00Z", "no_show")];
  const cancelled = await visit("2026-03-04T05:00:00Z", "cancelled");
  const booked = [await visit("2026-03-04T01:00:00Z", "booked"), await visit("2026-03-04T00:30:00Z", "booked")];
  const input = { locationId: place, zones: ["Australia/Sydney"] };
  const board = async (most: number, more = {}) => {
    const found = await flowBoard(as(reception.actor, new Date("2026-03-03T23:50:00Z")), { ...input, ...more, most });
    return found.ok && found.value.map(({ count, visits }) => [count, visits.map(({ id }) => id)]);
  };
  const empty = [0, []];
  const all = [[2, [booked[1], booked[0]]], empty, empty, empty, [3, [done[1], done[0], cancelled]]];
  expect(await board(25)).toEqual(all);
  expect(await board(25, { date: "2026-03-04" })).toEqual(all);
  expect(await board(1)).toEqual([[2, [booked[1]]], empty, empty, empty, [3, [done[1]]]]);
  expect(await board(25, { date: "2026-03-03" })).toEqual([empty, empty, empty, empty, [1, [before]]]);
  const patients = await flowBoard(as(patient.actor), { ...input, most: 1 });
  expect(patients).toMatchObject({ code: "forbidden" });
});
