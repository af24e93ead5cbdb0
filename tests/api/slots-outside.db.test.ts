import { Temporal } from "temporal-polyfill";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { UserActor } from "@/lib/domain/actor";
import { signAccessToken } from "@/lib/platform/auth-token";
import { type Ask, api, type Reply } from "@/tests/support/api";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { type Exception, type Rule, type Service, slotsOutside, type World } from "@/tests/support/outside-oracle";

// Somebody who has read the API's description and nothing else sets up a clinic through it, works out by themselves what must be free, and
// compares: with the list, with the explanation, with what a booking and a move take.

const { db, owner, url } = await testDb();
Object.assign(process.env, {
  DATABASE_URL: url,
  RATE_LIMIT_DISABLED: "true",
  STAFF_SECOND_FACTOR: "optional",
  LOG_LEVEL: "silent",
});
const make = clinicMaker(owner);

beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterAll(() => void vi.useRealTimers());

/** The first of four days with something odd in them; a second place is always in Kolkata. */
const STRETCHES = [
  ["America/New_York", "2027-03-13"],
  ["America/New_York", "2027-11-06"],
  ["America/Sao_Paulo", "2016-10-15"],
  ["America/Sao_Paulo", "2016-02-19"],
  ["Australia/Lord_Howe", "2027-04-02"],
  ["Australia/Lord_Howe", "2027-10-02"],
  ["Africa/Casablanca", "2024-03-09"],
  ["Africa/Casablanca", "2024-04-13"],
  ["Pacific/Apia", "2011-12-28"],
  ["America/St_Johns", "2006-10-27"],
  ["America/St_Johns", "2007-03-10"],
  ["Europe/London", "2027-03-27"],
  ["Asia/Beirut", "2024-03-30"],
  ["Asia/Gaza", "2015-03-27"],
  ["America/Havana", "2025-11-01"],
] as const;

/** Numbers that look random and are the same each time. */
function dice(seed: number) {
  let state = seed * 7_919 + 17;
  const roll = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return { roll, pick: <T>(list: readonly T[]): T => list[roll(list.length)] as T };
}
type Dice = ReturnType<typeof dice>;

async function tokenOf(actor: UserActor) {
  const id = uuidv7();
  await owner`insert into sessions (id, user_id, kind, expires_at) values (${id}, ${actor.userId}, 'api', '2100-01-01')`;
  return signAccessToken(db, { userId: actor.userId, sessionId: id, role: actor.role }, new Date());
}

async function ask(status: number, method: string, path: string, options: Ask) {
  const reply = await api(method, path, options);
  expect([method, path, reply.status, reply.status === status ? "" : reply.body]).toEqual([method, path, status, ""]);
  return reply.body as Record<string, never> & { id: string; items: never[] };
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Hours that do not overlap, place after place through the days; some touch, some end at midnight where the next day begins. */
function rulesOf({ roll, pick }: Dice, dates: Temporal.PlainDate[], places: string[], services: string[]): Rule[] {
  const unit = pick([1, 5, 5, 30]);
  return dates.flatMap((date) => {
    const cuts = new Set(Array.from({ length: 1 + roll(5) }, () => roll(1_440 / unit) * unit));
    if (roll(3) > 0) cuts.add(0);
    if (roll(3) > 0) cuts.add(1_440);
    if (roll(2) > 0) cuts.add(pick([60, 90, 120, 150, 180]));
    const times = [...cuts].sort((a, b) => a - b);
    return times.slice(1).flatMap((end, nth): Rule[] => {
      if (roll(4) === 0) return [];
      const validity =
        roll(4) === 0 ? { [pick(["validFrom", "validUntil"])]: date.add({ days: roll(3) - 1 }).toString() } : {};
      return [
        {
          locationId: roll(3) ? (places[0] as string) : pick(places),
          weekday: date.dayOfWeek,
          start: clock(times[nth] as number),
          end: clock(end),
          ...validity,
          ...(roll(4) === 0 ? { serviceIds: [pick(services)] } : {}),
        },
      ];
    });
  });
}

function exceptionsOf({ roll, pick }: Dice, from: number, places: string[]): Exception[] {
  return Array.from({ length: roll(6) }, () => {
    const start = from + (roll(5 * 288) - 144) * 300_000;
    const kind = pick(["leave", "extra"] as const);
    const times = {
      from: new Date(start).toISOString(),
      to: new Date(start + (1 + roll(120)) * 300_000).toISOString(),
    };
    const isEverywhere = kind === "leave" && roll(2) === 0;
    return { kind, ...times, ...(isEverywhere ? {} : { locationId: pick(places) }) };
  });
}

/** A clinic as the world sees it, made through the API. */
async function setUp(d: Dice, zone: string, first: Temporal.PlainDate, admin: string) {
  const { roll, pick } = d;
  const zones: Record<string, string> = {};
  for (const timeZone of [zone, "Asia/Kolkata"]) {
    const { id } = await ask(201, "POST", "/locations", {
      token: admin,
      body: { name: `Place ${uuidv7()}`, timeZone },
    });
    zones[id] = timeZone;
  }
  const places = Object.keys(zones);
  const services: Service[] = [];
  for (let n = 0; n < 2; n++) {
    const unit = pick([1, 5]);
    const shape = {
      durationMinutes: (1 + roll(75 / unit)) * unit,
      slotStepMinutes: pick([0, 1 + roll(60 / unit)]) * unit,
      bufferBeforeMinutes: pick([0, roll(30 / unit) * unit]),
      bufferAfterMinutes: pick([0, roll(30 / unit) * unit]),
      minNoticeMinutes: pick([0, roll(14 * 1_440)]),
      horizonDays: pick([12, 13, 400, 400]),
      requiresRoom: roll(2) === 0,
      maxReschedules: null,
    };
    const { slotStepMinutes, ...others } = shape;
    const body = {
      name: `Service ${uuidv7()}`,
      modality: "in_person",
      ...others,
      ...(slotStepMinutes ? { slotStepMinutes } : {}),
    };
    const { id } = await ask(201, "POST", "/services", { token: admin, body });
    services.push({ id, ...shape, slotStepMinutes: slotStepMinutes || shape.durationMinutes });
  }
  const serviceIds = services.map(({ id }) => id);
  const rooms: World["rooms"] = [];
  for (let n = roll(4); n > 0; n--) {
    const room = { locationId: pick(places), serviceIds: roll(2) ? [] : [pick(serviceIds)] };
    const { id } = await ask(201, "POST", "/rooms", { token: admin, body: { name: `Room ${uuidv7()}`, ...room } });
    rooms.push({ id, ...room, busy: [] });
  }
  const person = { name: "Dr Outside", email: `${uuidv7()}@test.example`, serviceIds, locationIds: places };
  const { id } = await ask(201, "POST", "/doctors", { token: admin, body: person });
  const dates = Array.from({ length: 6 }, (_, n) => first.add({ days: n - 1 }));
  const rules = rulesOf(d, dates, places, serviceIds);
  await ask(200, "PUT", `/doctors/${id}/schedule`, { token: admin, body: { rules } });
  const exceptions = exceptionsOf(d, first.toZonedDateTime({ timeZone: zone }).epochMilliseconds, places);
  for (const body of exceptions) await ask(201, "POST", `/doctors/${id}/exceptions`, { token: admin, body });
  const world: World = { now: Date.now(), zones, services, doctor: { id, rules, exceptions, busy: [] }, rooms };
  return world;
}

type Item = { start: string; end: string; locationId: string; timeZone: string };

/** All pages of a search of one doctor's whole days. */
async function listed(world: World, serviceId: string, from: string, to: string, limit: number) {
  const found: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = `serviceId=${serviceId}&doctorId=${world.doctor.id}&from=${from}&to=${to}&limit=${limit}`;
    const page = await ask(200, "GET", `/slots?${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, {});
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...(page.items as Item[]).map(({ start, locationId }) => `${start} ${locationId}`));
    cursor = page.nextCursor ?? null;
  }
  return found;
}

const dayAfter = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString();
const told = ({ status, body }: Reply) => [status, body.code ?? body.start];

/** The visits of the doctor as they are now, with their buffers. */
async function rememberVisits(world: World, exceptId = "") {
  const rows = await owner<{ room_id: string | null; start: Date; end: Date }[]>`
    select room_id, lower(busy) as start, upper(busy) as end from appointments where doctor_id = ${world.doctor.id} and status <> 'cancelled' and id::text <> ${exceptId}`;
  const spans = rows.map(({ room_id, start, end }) => ({ room: room_id, start: start.getTime(), end: end.getTime() }));
  world.doctor.busy = spans;
  for (const room of world.rooms) room.busy = spans.filter((one) => one.room === room.id);
}

it.each(STRETCHES.map(([zone, from], seed) => ({ zone, from, seed })))(
  "agrees with an outsider in $zone around $from",
  async ({ zone, from, seed }) => {
    const d = dice(seed);
    const { roll, pick } = d;
    const first = Temporal.PlainDate.from(from);
    const last = first.add({ days: 3 });
    vi.setSystemTime(first.toZonedDateTime({ timeZone: zone }).epochMilliseconds - 10 * 86_400_000 + roll(86_400_000));
    const [admin, patient] = await Promise.all([
      make.staff("admin").then(tokenOf),
      make.patient().then(({ actor }) => tokenOf(actor)),
    ]);
    const world = await setUp(d, zone, first, admin);

    const compare = async () => {
      await rememberVisits(world);
      const offers = new Map<string, string[]>();
      for (const { id } of world.services) {
        const expected = slotsOutside(world, id, from, last.toString());
        expect(await listed(world, id, from, last.toString(), pick([1_000, 1_000, 7, 53]))).toEqual(expected);
        const middle = first.add({ days: 1 + roll(2) }).toString();
        expect(await listed(world, id, middle, middle, 1_000)).toEqual(slotsOutside(world, id, middle, middle));
        offers.set(id, expected);
      }
      return offers;
    };

    let offers = await compare();
    const doctorId = world.doctor.id;
    let booked: { id: string; serviceId: string } | null = null;
    for (let turn = 0; turn < 6; turn++) {
      const service = pick(world.services);
      const free = offers.get(service.id) as string[];
      const near =
        free.length > 0 && roll(2)
          ? Date.parse((pick(free) as string).slice(0, 24))
          : first.toZonedDateTime({ timeZone: zone }).epochMilliseconds + roll(4 * 288) * 300_000;
      const start = new Date(near + pick([0, 0, 0, 60_000, -60_000, 300_000, 900_000])).toISOString();
      // A start in the first hours of the list at one place may be on the day before at the other.
      const [day] = start.split("T") as [string];
      const around = () => slotsOutside(world, service.id, dayAfter(day, -1), dayAfter(day, 1));
      const places = around()
        .filter((one) => one.startsWith(start))
        .map((one) => one.slice(25));
      const isFree = places.length > 0;
      const why = await ask(200, "GET", `/slots/explain?serviceId=${service.id}&doctorId=${doctorId}&start=${start}`, {
        token: admin,
      });
      expect([start, why.offered, (why.reasons as unknown as string[]).length === 0]).toEqual([start, isFree, isFree]);

      const moved = booked?.serviceId === service.id && roll(2) ? booked : null;
      if (moved) {
        // A visit does not stand in its own way.
        await rememberVisits(world, moved.id);
        const isTime = around().some((one) => one.startsWith(start));
        const reply = await api("POST", `/appointments/${moved.id}/reschedule`, { token: patient, body: { start } });
        expect([start, ...told(reply)]).toEqual([start, ...(isTime ? [200, start] : [409, "slot_unavailable"])]);
      } else {
        const place = isFree && roll(2) ? { locationId: pick(places) } : {};
        const reply = await api("POST", "/appointments", {
          token: patient,
          body: { serviceId: service.id, doctorId, start, ...place },
        });
        expect([start, ...told(reply)]).toEqual([start, ...(isFree ? [201, start] : [409, "slot_unavailable"])]);
        if (isFree) booked = { id: reply.body.id as string, serviceId: service.id };
      }
      offers = await compare();
    }
  },
);
