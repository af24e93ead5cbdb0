import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { connect, setActor } from "@/db/client";
import { migrate } from "@/db/migrate";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import type { Actor } from "@/lib/domain/actor";
import { testDb } from "@/tests/support/db";
import { somebodies } from "@/tests/support/somebodies";

// No verb judges here: what a caller could do who got past all of them.

const { db, owner, url } = await testDb();
const { actors, accounts, patients, clinic, refusal } = await somebodies(db, owner);

describe("nobody raises themselves", () => {
  const attempts: [what: string, who: string, statement: () => string][] = [
    ["a patient makes an admin of themselves", "ana", () => `update users set role = 'admin'`],
    ["a doctor makes an admin of themselves", "doctor", () => "update users set role = 'admin'"],
    ["reception makes an admin of itself", "receptionist", () => "update users set role = 'admin'"],
    ["a patient calls their address verified", "ana", () => "update users set email_verified_at = now()"],
    [
      "a patient adds an account",
      "ana",
      () => `insert into users (id, email, role, display_name) values (uuidv7(), 'a@x.test', 'admin', 'x')`,
    ],
    ["a patient grants themselves another", "ana", () => grant(patients.bo, accounts.ana)],
    ["nobody grants", "anonymous", () => grant(patients.bo, accounts.ana)],
    [
      "a proxy turns a grant to another patient",
      "viewer",
      () => `update patient_proxies set patient_id = '${patients.bo}' where user_id = '${accounts.viewer}'`,
    ],
    ["a proxy brings back an ended grant", "former", () => "update patient_proxies set revoked_at = null"],
    ["a proxy lengthens a grant that has run out", "expired", () => "update patient_proxies set valid_until = null"],
    [
      "a patient takes another's record",
      "ana",
      () =>
        `insert into patients (id, user_id, given_name, family_name) values (uuidv7(), '${accounts.viewer}', 'X', 'Y')`,
    ],
    ["a patient books for another", "ana", () => book(patients.bo)],
    ["nobody books", "anonymous", () => book(patients.ana)],
    ["a former proxy books", "former", () => book(patients.cy)],
    ["a patient gives a visit away", "ana", () => `update appointments set patient_id = '${patients.bo}'`],
    [
      "a doctor gives a visit to another calendar",
      "doctor",
      () => `update appointments set doctor_id = (select id from doctors where id <> '${clinic.doctorId}' limit 1)`,
    ],
    [
      "a patient signs another in",
      "ana",
      () =>
        `insert into sessions (id, user_id, kind, expires_at) values (uuidv7(), '${accounts.admin}', 'api', now() + interval '1 day')`,
    ],
    [
      "a patient makes a refresh token",
      "ana",
      () =>
        "insert into refresh_tokens (id, session_id, token_hash, expires_at) select uuidv7(), id, 'x', now() from sessions",
    ],
    [
      "an admin makes a link to reset a password",
      "admin",
      () =>
        `insert into account_tokens (id, user_id, purpose, token_hash, expires_at) values (uuidv7(), '${accounts.viewer}', 'password_reset', 'x', now())`,
    ],
    [
      "a patient writes to another",
      "ana",
      () =>
        `insert into notifications (id, kind, channel, patient_id, due_at) values (uuidv7(), 'x', 'sms', '${patients.bo}', now())`,
    ],
    [
      "a patient answers with another's key",
      "ana",
      () =>
        `insert into idempotency_keys (user_id, key, request_hash, status) values ('${accounts.admin}', 'z', 'h', 200)`,
    ],
    ["a patient agrees for another", "ana", () => consent(patients.bo, accounts.ana)],
    ["reception agrees in a patient's name", "receptionist", () => consent(patients.ana, accounts.ana)],
    ["a viewer agrees for a child", "viewer", () => consent(patients.cy, accounts.viewer)],
    [
      "a patient certifies their own erasure",
      "ana",
      () =>
        `insert into erasures (id, patient_id, status, requested_at, requested_by_user_id, decided_at, outcome, counts, certificate_hash)
          values (uuidv7(), '${patients.ana}', 'done', now(), '${accounts.ana}', now(), 'complete', '{}', 'x')`,
    ],
    [
      "reception holds a patient's data",
      "receptionist",
      () => `insert into legal_holds (id, patient_id, reason) values (uuidv7(), '${patients.ana}', 'x')`,
    ],
    ["a doctor writes of a patient who is not theirs", "doctor", () => note(patients.bo, clinic.doctorId)],
    ["a doctor writes in another's name", "doctor", () => note(patients.ana, others())],
    ["an admin writes a record", "admin", () => note(patients.ana, clinic.doctorId)],
    ["a patient writes a record", "ana", () => note(patients.ana, clinic.doctorId)],
    ["a doctor breaks the glass for another", "doctor", () => glass(others(), "now()")],
    ["a doctor breaks the glass for next week", "doctor", () => glass(clinic.doctorId, "now() + interval '7 days'")],
    ["a doctor lets themselves in by a grant", "doctor", () => letIn(patients.bo, clinic.doctorId)],
    ["a proxy who reads lets a doctor in", "reader", () => letIn(patients.cy, clinic.doctorId)],
    [
      "a reader logs in another's name",
      "ana",
      () =>
        `insert into access_log (patient_id, user_id, what, access) values ('${patients.ana}', '${accounts.doctor}', 'record', 'treating')`,
    ],
    ["a patient makes a key of another", "ana", () => key(patients.bo)],
    [
      "nobody tells of a visit",
      "anonymous",
      () =>
        `insert into appointment_events (id, appointment_id, type, version, actor_kind, at) values (uuidv7(), uuidv7(), 'x', 1, 'user', now())`,
    ],
  ];
  const consent = (patientId: string | undefined, userId: string | undefined) =>
    `insert into consents (id, patient_id, kind, decision, text_version, at, by_user_id, place)
    values (uuidv7(), '${patientId}', 'recalls', 'given', 1, now(), '${userId}', 'portal')`;
  const grant = (patientId?: string, userId?: string) =>
    `insert into patient_proxies (id, patient_id, user_id, relationship, capabilities) values (uuidv7(), '${patientId}', '${userId}', 'parent', '{view}')`;
  const others = () => `(select id from doctors where id <> '${clinic.doctorId}' limit 1)`;
  const id = (value?: string) => (value?.startsWith("(") ? value : `'${value}'`);
  const keyOf = (patientId?: string) => `(select id from data_keys where patient_id = '${patientId}')`;
  const key = (patientId?: string) =>
    `insert into data_keys (id, purpose, patient_id, version, kek_id, wrapped) values (uuidv7(), 'patient', '${patientId}', 9, 'k', 'x')`;
  const note = (patientId?: string, doctorId?: string) =>
    `insert into medical_records (id, patient_id, doctor_id, kind, occurred_at, key_id)
      values (uuidv7(), '${patientId}', ${id(doctorId)}, 'visit_note', now(), ${keyOf(patientId)})`;
  const glass = (doctorId: string, at: string) =>
    `insert into break_glass (id, patient_id, doctor_id, reason_sealed, key_id, opened_at, expires_at)
      values (uuidv7(), '${patients.bo}', ${id(doctorId)}, 'x', ${keyOf(patients.bo)}, ${at}, ${at} + interval '1 hour')`;
  const letIn = (patientId?: string, doctorId?: string) =>
    `insert into record_grants (id, patient_id, doctor_id, reason_sealed, key_id) values (uuidv7(), '${patientId}', '${doctorId}', 'x', ${keyOf(patientId)})`;
  const book = (
    patientId?: string,
  ) => `insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy)
    values (uuidv7(), 'x', 'booked', '${clinic.serviceId}', '${clinic.doctorId}', '${clinic.locationId}', '${patientId}',
      '[2032-01-01,2032-01-02)', '[2032-01-01,2032-01-02)')`;

  it.each(attempts)("%s", async (_, who, statement) => {
    expect(await refusal(who, statement())).toBe("42501");
  });

  it("while an admin changes a role and a patient a name", async () => {
    const patient = accounts.ana;
    expect(await refusal("admin", `update users set role = 'doctor' where id = '${patient}' returning 1`)).toBe(
      "1 rows",
    );
    expect(await refusal("ana", `update users set display_name = 'Ana' returning 1`)).toBe("1 rows");
  });
});

describe("the application's role", () => {
  it("owns nothing", async () => {
    const owned = await owner`select classid::regclass, objid from pg_shdepend
      where refclassid = 'pg_authid'::regclass and refobjid = 'slotwell_app'::regrole and deptype = 'o'`;
    expect(owned).toHaveLength(0);
    const [role] =
      await owner`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname = 'slotwell_app'`;
    expect(Object.values(role ?? {})).toEqual([false, false, false, false, false]);
  });

  it.each([
    "truncate appointments cascade",
    "truncate audit_log",
    "drop table notifications",
    "drop function audit_row() cascade",
    "drop trigger appointments_audit on appointments",
    "alter table appointments disable trigger all",
    "alter table patients disable row level security",
    "alter table patients no force row level security",
    "drop policy patients_read on patients",
    "create policy mine on patients using (true)",
    "create table mine (id int)",
    "create function public.app_is_admin() returns boolean language sql as 'select true'",
    "set local session_replication_role = replica",
    "insert into audit_log (actor_kind, table_name, row_id, operation) values ('user', 'x', 'x', 'x')",
    "update audit_log set user_id = null",
    "delete from audit_log",
    "truncate access_log",
    "truncate audit_seals",
    "update audit_seals set mac = null, key_id = null",
    "delete from audit_seals",
    "select setval('audit_log_id_seq', 1)",
    "select remove_sealed_rows('audit_log', 1000)",
    "select remove_sealed_rows('users', 1000)",
    "insert into appointment_transitions values ('fulfilled', 'booked')",
    "update doctor_busy_days set exact = true",
    "update appointment_events set type = 'x'",
    "delete from appointment_events",
    "update access_log set user_id = null",
    "delete from access_log",
    "delete from break_glass",
    "delete from record_grants",
    "insert into access_log (patient_id, user_id, what, access) values (uuidv7(), uuidv7(), 'record', 'treating')",
    "select rebuild_busy_day(uuidv7(), current_date)",
    "select mark_busy(uuidv7(), '[2031-01-01,2031-01-02)')",
    "create role mine",
  ])("may not: %s", async (statement) => {
    expect(await refusal("system", statement)).toBe("42501");
  });
});

describe("web, worker and backup", () => {
  const pools = Object.fromEntries((["web", "worker"] as const).map((role) => [role, connect(url, { role, max: 1 })]));
  const backup = postgres(url, { max: 1, onnotice: () => undefined, connection: { role: "slotwell_backup" } });
  afterAll(() => Promise.all([...Object.values(pools).map((pool) => pool.close()), backup.end()]));
  const code = (error: { code?: string; cause?: { code?: string } }) => error.code ?? error.cause?.code ?? "none";
  /** As one of our own jobs, so that it is the grant that refuses and not a policy; nothing is left of it. */
  const outcome = async (role: string, statement: string) => {
    const work = pools[role]?.pg.begin(async (pg) => {
      await setActor(pg, { kind: "system", job: "test" }, "test");
      await pg.unsafe(statement);
      throw new Error("taken back");
    });
    return work?.catch((error) => (error.message === "taken back" ? "done" : code(error)));
  };
  const session = `insert into sessions (id, user_id, kind, expires_at) values (uuidv7(), '${accounts.ana}', 'api', now())`;
  const webOnly = [
    "insert into users (id, email, role, display_name) values (uuidv7(), 'a@x.test', 'admin', 'x')",
    `update users set role = 'admin' where id = '${accounts.ana}'`,
    `update users set password_hash = 'x' where id = '${accounts.ana}'`,
    `update users set email = 'mine@x.test' where id = '${accounts.ana}'`,
    session,
    "select id from medical_records",
    "select content_sealed from record_versions",
    "select meta_sealed from record_attachments",
    "select id from record_templates",
    "select id from record_grants",
    "select id from break_glass",
    "select secret from totp_secrets",
    "delete from totp_secrets",
    "update recovery_codes set used_at = null",
    "select public_key from passkeys",
    "insert into refresh_tokens (id, session_id, token_hash, expires_at) select uuidv7(), id, 'y', now() from sessions limit 1",
    "insert into record_templates (id, name, body) select uuidv7(), 'x', body from record_templates limit 0",
    "insert into record_versions select * from record_versions limit 0",
    "insert into medical_records select * from medical_records limit 0",
    "insert into record_grants select * from record_grants limit 0",
    "insert into break_glass select * from break_glass limit 0",
    "insert into idempotency_keys select * from idempotency_keys limit 0",
  ];
  const workerOnly = [
    "insert into audit_seals (chain, number, kind, format, last_id, row_count, at, digest, leaves, hash) values ('audit_log', 1, 'rows', 1, 0, 0, now(), '', '', '')",
    "select last_value from audit_log_id_seq",
    "update outbox set done_at = now()",
    "delete from outbox",
    "delete from sessions",
    "delete from account_tokens",
    "delete from idempotency_keys",
    "insert into message_links select * from message_links limit 0",
    "delete from message_links",
    "insert into retention_runs (id, what, removed, at) values (uuidv7(), 'x', 1, now())",
  ];

  it.each(webOnly)("the worker may not, and the web may: %s", async (statement) => {
    expect([await outcome("web", statement), await outcome("worker", statement)]).toEqual(["done", "42501"]);
  });

  it.each(workerOnly)("the web may not, and the worker may: %s", async (statement) => {
    expect([await outcome("web", statement), await outcome("worker", statement)]).toEqual(["42501", "done"]);
  });

  it("neither of them knows how far a rotation of keys has come", async () => {
    for (const role of ["web", "worker"]) expect(await outcome(role, "select 1 from key_rotations")).toBe("42501");
  });

  it("none of them takes rows out of the logs but the worker, and it only what is sealed", async () => {
    const removal = "select remove_sealed_rows('audit_log', 1000)";
    expect(await outcome("web", removal)).toBe("42501");
    await expect(pools.worker?.pg.unsafe(removal)).rejects.toThrow("only rows whose removal is sealed");
  });

  it("the backup reads every row of every table, and writes none", async () => {
    const tables = await owner<{ name: string }[]>`select oid::regclass::text as name from pg_class
      where relkind in ('r', 'p') and relnamespace in ('public'::regnamespace, 'drizzle'::regnamespace)`;
    expect(tables.length).toBeGreaterThan(40);
    const count = (as: postgres.Sql, name: string) => as.unsafe(`select count(*)::int as rows from ${name}`);
    for (const { name } of tables) {
      expect([name, ...(await count(backup, name))]).toEqual([name, ...(await count(owner, name))]);
      for (const statement of [`delete from ${name}`, `insert into ${name} default values`, `truncate ${name}`])
        expect([statement, await backup.unsafe(statement).then(() => "done", code)]).toEqual([statement, "42501"]);
    }
    expect((await count(owner, "patients"))[0]?.rows).toBeGreaterThan(2);
    // As pg_dump begins: it locks every table before it reads the first.
    await backup.begin("isolation level repeatable read read only", async (pg) => {
      await pg`set local row_security = on`;
      for (const { name } of tables) await pg.unsafe(`lock table ${name} in access share mode`);
    });
    for (const statement of [
      "select last_value from patient_record_numbers",
      "select last_value from audit_log_id_seq",
    ])
      expect(await backup.unsafe(statement)).toHaveLength(1);
    for (const statement of [
      "select nextval('patient_record_numbers')",
      "set role slotwell_web",
      "select let_backup_read()",
    ])
      expect(
        await backup
          .begin(async (pg) => {
            await pg`set local session authorization slotwell_backup`;
            await pg.unsafe(statement);
          })
          .then(() => "done", code),
      ).toBe("42501");
  });

  it("a new table is in the backup once the migrations have been run", async () => {
    await owner`create table kept_later (id int)`;
    await owner`alter table kept_later enable row level security`;
    await owner`insert into kept_later values (1)`;
    await migrate(url);
    expect(await backup`select id from kept_later`).toHaveLength(1);
    await owner`drop table kept_later`;
  });

  it("none of them owns anything, and none can become the other", async () => {
    const roles = await owner`select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
        pg_has_role(oid, 'slotwell_web', 'member') as web, pg_has_role(oid, 'slotwell_worker', 'member') as worker,
        (select count(*)::int from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = oid and deptype = 'o') as owned
      from pg_roles where rolname in ('slotwell_web', 'slotwell_worker', 'slotwell_backup') order by rolname`;
    const nothing = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: false,
      owned: 0,
    };
    expect([...roles]).toEqual([
      { ...nothing, rolname: "slotwell_backup", web: false, worker: false },
      { ...nothing, rolname: "slotwell_web", web: true, worker: false },
      { ...nothing, rolname: "slotwell_worker", web: false, worker: true },
    ]);
  });
});

it("writes down who acted for whom", async () => {
  const ctx = {
    db,
    actor: actors.booker as Actor,
    now: new Date("2031-02-03T10:00:00Z"),
    requestId: "request-of-a-parent",
  };
  const { serviceId, doctorId } = clinic;
  const start = new Date("2031-02-04T09:00:00Z");
  const booked = await bookAppointment(ctx, { serviceId, doctorId, start, patientId: patients.cy });
  expect(booked).toMatchObject({ ok: true });
  const rows =
    await owner`select actor_kind, user_id, role, patient_id, table_name, operation, row_id from audit_log where request_id = ${ctx.requestId}`;
  expect([...rows]).toEqual([
    {
      actor_kind: "user",
      user_id: accounts.booker,
      role: "patient",
      patient_id: patients.cy,
      table_name: "appointments",
      operation: "INSERT",
      row_id: booked.ok && booked.value.id,
    },
  ]);
});
