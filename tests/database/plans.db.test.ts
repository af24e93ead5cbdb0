import type { ConfirmChannel } from "amqplib";
import type postgres from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { connect, type Db, withActor } from "@/db/client";
import { listUsers } from "@/lib/accounts/list-users";
import { dashboardFigures } from "@/lib/analytics/dashboard-figures";
import { fillRate } from "@/lib/analytics/fill-rate";
import { appointmentHistory } from "@/lib/appointments/appointment-history";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { flowBoard } from "@/lib/appointments/flow-board";
import { getVisit } from "@/lib/appointments/get-appointment";
import { holdSlot } from "@/lib/appointments/hold-slot";
import { listAppointments } from "@/lib/appointments/list-appointments";
import { rescheduleAppointment } from "@/lib/appointments/reschedule-appointment";
import type { ListAppointmentsInput } from "@/lib/appointments/schemas";
import { sweepExpiredHolds } from "@/lib/appointments/sweep-expired-holds";
import { doctorCalendar, patientVisits } from "@/lib/appointments/visit-lists";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import { nextSlots } from "@/lib/availability/next-slots";
import { searchSlots } from "@/lib/availability/search-slots";
import type { Role, UserActor } from "@/lib/domain/actor";
import { listNextVisits } from "@/lib/next-visits/queries";
import { askNextVisits, askRecalls } from "@/lib/notifications/ask-patients";
import { dueIds, takeDue } from "@/lib/notifications/ledger";
import { listPatients } from "@/lib/patients/queries";
import { type Context, systemContext } from "@/lib/platform/context";
import { encodeCursor } from "@/lib/platform/cursor";
import { findAnswer } from "@/lib/platform/idempotency";
import { liveSession } from "@/lib/platform/session";
import { readIdentifiers } from "@/lib/protection/identifiers";
import { lookForRecalls } from "@/lib/recalls/look-for-recalls";
import { recallTable } from "@/lib/recalls/recall-table";
import { type BigClinic, fillClinic } from "@/tests/support/big-clinic";
import { testDb } from "@/tests/support/db";
import { explainEverything, type Plan, planOf } from "@/tests/support/plans";
import { directLoop } from "@/workers/direct";
import { cleanUp } from "@/workers/housekeeping";
import { relayBatch } from "@/workers/relay";

// The verbs themselves run, as the application and under its policies, and PostgreSQL tells what it did: so the test cannot drift from the queries.

/** A whole `npm test` asks for a million; one suite by itself makes do with fewer, which takes a fifth of the time. */
const VISITS = Number(process.env.PLAN_VISITS ?? 200_000);
/** Tables that grow with the clinic's years. */
const GROWING = new Set([
  "appointments",
  "appointment_events",
  "audit_log",
  "idempotency_keys",
  "next_visits",
  "notifications",
  "outbox",
  "patients",
  "recall_patients",
  "sessions",
  "users",
]);
/** One question looks at no more rows of a growing table than this: some days of a clinic of this size, not its years. */
const MOST_ROWS = VISITS * 0.03;

const { owner, url } = await testDb();
process.env.DATABASE_URL = url;
let plans: Plan[] = [];
let db: Db;
let clinic: BigClinic;
const now = new Date();

type Someone = { user_id: string; patient_id: string; session_id: string; doctor_id: string; location_id: string };
let someone: Someone;

beforeAll(async () => {
  clinic = await fillClinic(owner, VISITS);
  await fillFollowUps(clinic.serviceId);
  await explainEverything(owner);
  const onNotice = (notice: postgres.Notice) => {
    const plan = planOf(notice);
    if (plan) plans.push(plan);
  };
  db = connect(url, { max: 3, onNotice, statementTimeoutMs: 60_000 });
  someone = (
    await owner<Someone[]>`select p.user_id, p.id as patient_id, s.id as session_id, a.doctor_id, a.location_id
      from patients p join sessions s on s.user_id = p.user_id join appointments a on a.patient_id = p.id and a.status = 'booked' limit 1`
  )[0] as Someone;
  return () => db.close();
}, 1_200_000);

/** A wish for a next visit for one visit in eight, a few of which are due, and a list that has found one patient in four. */
async function fillFollowUps(serviceId: string): Promise<void> {
  await owner`insert into next_visits (id, appointment_id, patient_id, service_id, weeks, wished_on)
    select gen_random_uuid(), id, patient_id, service_id, 12, current_date + case when right(reference, 2) = '0A' then 1 else 90 end
    from appointments where status = 'fulfilled' and right(reference, 1) in ('A', 'B', 'C', 'D')`;
  const [list] =
    await owner`insert into recalls (id, name, service_id, months) values (gen_random_uuid(), 'R', ${serviceId}, 120) returning id`;
  await owner`insert into recall_patients (recall_id, patient_id, last_visit_id, last_visit_at, ask_from)
    select distinct on (patient_id) ${list?.id}::uuid, patient_id, id, starts_at, now() - interval '1 minute' from appointments
    where status = 'fulfilled' and right(patient_id::text, 1) in ('a', 'b', 'c', 'd') order by patient_id, starts_at`;
  await owner`vacuum analyze next_visits, recall_patients`;
}

const as = (role: Role): Context => {
  const actor: UserActor = {
    kind: "user",
    userId: someone.user_id,
    role,
    sessionId: someone.session_id,
    patientId: role === "patient" ? someone.patient_id : null,
    doctorId: role === "doctor" ? someone.doctor_id : null,
  };
  return { db, actor, now, requestId: "plans" };
};
const system = () => systemContext(db, "plans", now, "plans");
/** Prepared statements get a plan for all values once they have been run five times. */
const TIMES = 7;

async function expectIndexed(ask: (turn: number) => Promise<unknown>, mostRows = MOST_ROWS, label = "", counted = "") {
  plans = [];
  for (let turn = 0; turn < TIMES; turn++) {
    const answer = await ask(turn);
    if (answer && typeof answer === "object" && "ok" in answer) expect(answer).toMatchObject({ ok: true });
  }
  // The last plan is told a moment after the rows.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(plans.length).toBeGreaterThan(0);
  const bad = plans.flatMap(({ query, reads }) =>
    reads
      .filter(
        ({ relation, node, rows }) =>
          GROWING.has(relation) && relation !== counted && (node === "Seq Scan" || rows > mostRows),
      )
      .map(
        ({ relation, node, index, rows }) => `${node} ${index ?? ""} on ${relation}, ${rows} rows: ${squeezed(query)}`,
      ),
  );
  expect.soft([...new Set(bad)], `${label} ${ask}`).toEqual([]);
}

const squeezed = (query: string) => query.replace(/\s+/g, " ").slice(0, 400);

const DAY = 86_400_000;
const date = (days: number) => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
const instant = (days: number) => new Date(now.getTime() + days * DAY);
/** Eight o'clock is free every day, as visits begin at nine. */
const free = (days: number, hour = "08:00") => new Date(`${date(days)}T${hour}:00Z`);
const list = (input: Partial<ListAppointmentsInput>): ListAppointmentsInput => ({ limit: 25, order: "asc", ...input });

describe("finding a time", () => {
  it("for every doctor, for one, for one place, and the next ones", async () => {
    const { serviceId } = clinic;
    const { doctor_id: doctorId, location_id: locationId } = someone;
    const range = { serviceId, from: date(1), to: date(14) };
    // Doctors with a hold that has run out are read visit by visit.
    await expectIndexed(() => searchSlots(as("patient"), range), VISITS / 10);
    await expectIndexed(() => searchSlots(as("patient"), { ...range, doctorId }));
    await expectIndexed(() => searchSlots(as("patient"), { ...range, locationId }));
    await expectIndexed(() => nextSlots(as("patient"), { serviceId }), VISITS / 10);
  });

  it("where a service needs a room and does not lie on the cells", async () => {
    const { serviceId } = clinic;
    await owner`update services set requires_room = true, duration_minutes = 7, slot_step_minutes = 7 where id = ${serviceId}`;
    await expectIndexed(() => searchSlots(as("patient"), { serviceId, from: date(1), to: date(2) }), VISITS / 20);
    await owner`update services set requires_room = false, duration_minutes = 30, slot_step_minutes = 30 where id = ${serviceId}`;
  });
});

describe("booking", () => {
  it("holds, books, moves and cancels, by patient and reception", async () => {
    const { serviceId } = clinic;
    const { doctor_id: doctorId, patient_id: patientId } = someone;
    for (const role of ["patient", "receptionist"] as const) {
      const ids: string[] = [];
      const shift = role === "patient" ? 0 : 8;
      const wanted = (turn: number) => ({ serviceId, doctorId, patientId, start: free(2 + shift + turn) });
      await expectIndexed(async (turn) => {
        const held = await holdSlot(as(role), wanted(turn));
        const booked = await bookAppointment(as(role), {
          ...wanted(turn),
          ...(held.ok ? { holdId: held.value.id } : {}),
        });
        if (booked.ok) ids.push(booked.value.id);
        return booked;
      });
      await expectIndexed((turn) =>
        rescheduleAppointment(as(role), { id: ids[turn] ?? "", start: free(2 + shift + turn, "17:30") }),
      );
      await expectIndexed((turn) => cancelAppointment(as(role), { id: ids[turn] ?? "" }));
    }
  });

  it("keeps first answers by key, and looks up sessions", async () => {
    await expectIndexed(() => findAnswer(as("patient"), "key", "hash"));
    await expectIndexed(async () => {
      const { slotwellSessions } = globalThis as { slotwellSessions?: Map<string, unknown> };
      slotwellSessions?.clear();
      expect(await liveSession(someone.session_id, "api", now, db)).toMatchObject({ userId: someone.user_id });
    });
  });
});

describe("reading visits", () => {
  it("one, with its history, by id and by reference", async () => {
    const [visit] =
      await owner`update appointments set reference = 'K7MA-3DX9' where id = (select id from appointments where patient_id = ${someone.patient_id} limit 1) returning id, reference`;
    for (const role of ["patient", "receptionist"] as const) {
      await expectIndexed(() => getVisit(as(role), { id: visit?.id }));
      await expectIndexed(() => getVisit(as(role), { reference: visit?.reference }));
      await expectIndexed(() => appointmentHistory(as(role), { id: visit?.id }));
    }
  });

  it("a doctor's calendar, a location's day, a patient's visits", async () => {
    const { doctor_id: doctorId, location_id: locationId, patient_id: patientId } = someone;
    const week = { doctorId, from: instant(-3), to: instant(4) };
    for (const role of ["doctor", "receptionist", "admin"] as const)
      await expectIndexed(() => doctorCalendar(as(role), week));
    await expectIndexed(() => flowBoard(as("receptionist"), { locationId, zones: ["UTC"], most: 25 }));
    await expectIndexed(() => flowBoard(as("receptionist"), { date: date(1), locationId, zones: ["UTC"], most: 25 }));
    for (const when of ["upcoming", "past"] as const) {
      await expectIndexed(() => patientVisits(as("patient"), { when }));
      await expectIndexed(() => patientVisits(as("receptionist"), { when, patientId }));
    }
  });

  it("the list with each filter, order and cursor", async () => {
    const { doctor_id: doctorId, location_id: locationId, patient_id: patientId } = someone;
    const middle = encodeCursor([now.toISOString(), "00000000-0000-7000-8000-000000000000"]);
    const filters: Partial<ListAppointmentsInput>[] = [
      {},
      { order: "desc" },
      { cursor: middle },
      { cursor: middle, order: "desc" },
      { from: date(-2), to: date(2) },
      { from: instant(-1).toISOString(), to: instant(1).toISOString() },
      { doctorId },
      { patientId },
      { locationId },
      { locationId, from: date(0), cursor: middle },
      { doctorId, cursor: middle },
      { patientId, order: "desc" },
      { status: ["held"] },
      { status: ["booked"], from: date(0) },
      { status: ["no_show"], order: "desc", to: date(0) },
    ];
    for (const role of ["receptionist", "doctor", "patient"] as const) {
      for (const filter of filters)
        await expectIndexed(
          () => listAppointments(as(role), list(filter)),
          MOST_ROWS,
          `${role} ${JSON.stringify(filter)}`,
        );
    }
  }, 120_000);
});

describe("people", () => {
  it("are found by name, date of birth, phone, e-mail and number, and listed page by page", async () => {
    const [known] =
      await owner`select family_name, given_name, date_of_birth::text as born from patients where id = ${someone.patient_id}`;
    const identifiers = await withActor(system(), (tx) => readIdentifiers(tx, [someone.patient_id]));
    const { phone = "", email = "", recordNumber = "" } = identifiers.get(someone.patient_id) ?? {};
    const queries = [
      `${known?.given_name} ${known?.family_name}`,
      known?.family_name,
      phone,
      phone?.slice(-6),
      email,
      recordNumber,
      known?.born,
      "Zzyxwv Qwrtp",
    ];
    for (const query of queries) {
      await expectIndexed(() => listPatients(as("receptionist"), { query: query ?? "" }), MOST_ROWS, query ?? "");
    }
    const cursor = encodeCursor([known?.family_name, known?.given_name, someone.patient_id]);
    await expectIndexed(() => listPatients(as("receptionist"), {}));
    await expectIndexed(() => listPatients(as("doctor"), { cursor }));
    await expectIndexed(() => listPatients(as("patient"), {}));
  });

  it("have accounts that an admin pages through", async () => {
    await expectIndexed(() => listUsers(as("admin"), { role: "doctor" }));
    await expectIndexed(() => listUsers(as("admin"), {}));
  });
});

describe("the audit log", () => {
  it("is read by each filter and cursor", async () => {
    const [row] =
      await owner`select id, at::text, row_id, patient_id, user_id from audit_log order by id limit 1 offset ${VISITS / 2}`;
    const mine = { patientId: row?.patient_id };
    const filters = [
      {},
      { cursor: encodeCursor([Number(row?.id), row?.at]) },
      mine,
      { userId: row?.user_id },
      { table: "appointments", rowId: row?.row_id },
      { table: "appointments" },
      { operation: "update" as const },
      { from: instant(-365).toISOString(), to: instant(-364).toISOString() },
      { to: instant(-300).toISOString(), cursor: encodeCursor([Number(row?.id), row?.at]) },
      { userId: row?.user_id, from: instant(-365).toISOString() },
      { ...mine, operation: "insert" as const, table: "appointments" },
    ];
    for (const filter of filters)
      await expectIndexed(() => listAuditEvents(as("admin"), filter), MOST_ROWS, JSON.stringify(filter));
  });
});

describe("figures", () => {
  it("of the first look, and of what becomes of times that are given back", async () => {
    // So far on that what is near is some days of the clinic's, as it is in one that has been there for years.
    const later = { ...as("admin"), now: instant(Math.round(VISITS / clinic.doctorCount / 32) + 29) };
    // How many patients there are is counted patient by patient.
    await expectIndexed(() => dashboardFigures(later), MOST_ROWS, "", "patients");
    const span = { from: date(-30), to: date(0) };
    await expectIndexed(() => fillRate(as("admin"), span));
    await expectIndexed(() => fillRate(as("admin"), { ...span, locationId: someone.location_id }));
  });
});

describe("the worker", () => {
  it("takes events, finds what is due and sweeps", async () => {
    // What the clinic was filled with became due after `now`.
    const later = instant(1);
    await expectIndexed(async () => {
      expect(await withActor(system(), (tx) => dueIds(tx, later, 60_000, 50))).toHaveLength(50);
    });
    await expectIndexed(async (turn) => {
      const ids = await withActor(system(), (tx) => takeDue(tx, later, 60_000, 20));
      expect([turn, ids?.length]).toEqual([turn, 20]);
      await owner`update notifications set status = 'sent' where id = any(${ids ?? []}::uuid[])`;
    });
    await expectIndexed(async () => {
      const stop = new AbortController();
      const handle = async () => stop.abort();
      const pace = { concurrency: 1, delaysMs: [1_000], pollMs: 10, leaseMs: 60_000 };
      await directLoop({ db, handle, ...pace }, stop.signal);
    });
    const channel = {
      on: () => channel,
      off: () => channel,
      once: () => channel,
      publish: (...told: [string, string, Buffer, object, (refusal: unknown) => void]) => told[4](null),
    };
    const names = { events: "events" } as never;
    await expectIndexed(() => relayBatch(channel as unknown as ConfirmChannel, { db, names, pollMs: 10 }));
    await expectIndexed(() => sweepExpiredHolds(system()));
    await expectIndexed(() => cleanUp(db));
  });
});

describe("who should come again", () => {
  const messenger = () => ({ db, clock: () => now });

  it("is asked when the time has come, out of many whose time has not", async () => {
    await expectIndexed(() => askNextVisits(messenger()));
    await expectIndexed(() => listNextVisits(as("patient"), {}));
    await expectIndexed(() => listNextVisits(as("receptionist"), { patientId: someone.patient_id }));
  });

  it("is looked for on recall lists a batch of patients at a time, and asked a few at a time", async () => {
    await expectIndexed(async () => {
      expect(await lookForRecalls(system())).toBe(1_000);
    });
    await expectIndexed(() => askRecalls(messenger()));
    // What reception opens looks at every line of the lists, as many as there are.
    const query = { when: "open", sort: "last", descending: false, page: 1, size: 25 } as const;
    await expectIndexed(() => recallTable(as("receptionist"), { ...query, query: "Zzyxwv Qwrtp" }));
  });
});
