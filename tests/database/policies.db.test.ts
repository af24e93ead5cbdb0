import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { PROXIES, somebodies } from "@/tests/support/somebodies";

// No verb is asked here: raw SQL as the application's role, so that what is seen is what row-level security alone lets through.

const { db, owner } = await testDb();
const { people, actors, accounts, patients, visits, clinic, as, refusal } = await somebodies(db, owner);

/** Whose rows: a name of `people` by the column. */
const OWNER: Record<string, string> = {
  users: "id",
  sessions: "user_id",
  refresh_tokens: "token_hash",
  account_tokens: "token_hash",
  totp_secrets: "user_id",
  recovery_codes: "user_id",
  passkeys: "user_id",
  passkey_challenges: "user_id",
  patients: "id",
  patient_proxies: "user_id",
  appointments: "patient_id",
  appointment_events: "(select a.patient_id from appointments a where a.id = appointment_id)",
  notifications: "patient_id",
  notification_preferences: "user_id",
  channel_stops: "patient_id",
  message_links: "'system'",
  inbound_messages: "patient_id",
  waitlist_entries: "patient_id",
  waitlist_offers: "patient_id",
  next_visits: "patient_id",
  recalls: "'system'",
  recall_patients: "patient_id",
  idempotency_keys: "user_id",
  audit_log: "patient_id",
  data_keys: "patient_id",
  key_rotations: "'system'",
  audit_seals: "'system'",
  medical_records: "patient_id",
  record_versions: "patient_id",
  record_attachments: "patient_id",
  record_grants: "patient_id",
  break_glass: "patient_id",
  access_log: "patient_id",
  consents: "patient_id",
  legal_holds: "patient_id",
  erasures: "patient_id",
  retention_runs: "'system'",
};
const ACCOUNTS = [
  "admin",
  "ana",
  "bo",
  "booker",
  "canceller",
  "doctor",
  "expired",
  "former",
  "other doctor",
  "reader",
  "receptionist",
  "viewer",
];
const PATIENTS = ["ana", "bo", "cy"];
const GRANTS = ["booker", "canceller", "expired", "former", "reader", "viewer"];

function expected(table: string, who: string): string[] {
  if (who === "nobody" || who === "anonymous") return [];
  const isProxy = who in PROXIES;
  const self = [who];
  const own = who === "ana" ? ["ana"] : isProxy ? ["cy"] : [];
  const readable = who === "ana" ? ["ana"] : who === "reader" ? ["cy"] : [];
  const isClinic = ["receptionist", "admin", "system"].includes(who);
  const isAdmin = ["admin", "system"].includes(who);
  switch (table) {
    case "users":
    case "sessions":
      return isAdmin ? ACCOUNTS : self;
    case "refresh_tokens":
    case "account_tokens":
    case "totp_secrets":
    case "recovery_codes":
    case "passkey_challenges":
      return who === "system" ? ACCOUNTS : [];
    case "passkeys":
      return who === "system" ? ACCOUNTS : self;
    case "patients":
      return isClinic || who === "doctor" ? PATIENTS : own;
    case "patient_proxies":
      // Those who act for a child know who else does.
      return isClinic || isProxy ? GRANTS : who in actors && GRANTS.includes(who) ? self : [];
    case "appointments":
    case "appointment_events":
    case "next_visits":
      return isClinic ? PATIENTS : who === "doctor" ? ["ana", "cy"] : own;
    case "notifications":
    case "channel_stops":
    case "waitlist_entries":
    case "waitlist_offers":
      return isClinic ? PATIENTS : own;
    case "inbound_messages":
    case "recall_patients":
      return isClinic ? PATIENTS : [];
    case "recalls":
      return isClinic ? ["system"] : [];
    case "notification_preferences":
      return isClinic ? ACCOUNTS : self;
    case "idempotency_keys":
      return who === "system" ? ACCOUNTS : self;
    case "audit_log":
      return isAdmin ? PATIENTS : own;
    case "data_keys":
      return isClinic || who === "doctor" ? PATIENTS : own;
    case "consents":
      return isClinic ? PATIENTS : own;
    case "legal_holds":
      return isAdmin ? PATIENTS : [];
    case "erasures":
      return isAdmin ? PATIENTS : readable;
    case "retention_runs":
    case "audit_seals":
      return isAdmin ? ["system"] : [];
    case "key_rotations":
    case "message_links":
      return who === "system" ? ["system"] : [];
    case "medical_records":
    case "record_versions":
    case "record_attachments":
      return who === "system" ? PATIENTS : who === "doctor" ? ["ana", "cy"] : readable;
    case "record_grants":
      return isAdmin ? PATIENTS : who === "doctor" ? ["ana", "cy"] : readable;
    case "break_glass":
    case "access_log":
      return isAdmin ? PATIENTS : readable;
    default:
      throw new Error(`say who may see ${table}`);
  }
}

/** Of what one sees, what one may change; the code where PostgreSQL says no aloud. What has ended stays so; records are the doctors' to write. */
function changeable(table: string, who: string): string[] | "42501" {
  const isClinic = ["receptionist", "admin", "system"].includes(who);
  switch (table) {
    case "data_keys":
    case "record_attachments":
    case "record_grants":
    case "break_glass":
      return who === "system" ? PATIENTS : [];
    case "erasures":
      return ["admin", "system"].includes(who) ? PATIENTS : [];
    case "medical_records":
    case "record_versions":
      return ["doctor", "system"].includes(who) ? expected(table, who) : [];
    case "notifications":
      return isClinic ? PATIENTS : [];
    case "next_visits":
      return isClinic || who === "doctor" ? expected(table, who) : [];
    case "recalls":
      return ["admin", "system"].includes(who) ? ["system"] : [];
    case "channel_stops":
      return isClinic ? PATIENTS : who === "ana" ? ["ana"] : [];
    case "patient_proxies":
      // Whoever holds a grant may end it and no more; this one has ended.
      if (who === "former") return ["former"];
      return who in PROXIES || who === "expired" ? "42501" : expected(table, who);
    case "patients":
    case "waitlist_entries":
    case "waitlist_offers":
      return who in PROXIES && who !== "booker" ? [] : expected(table, who);
    case "appointments":
      // Left as booked, which only a booking or a move may do.
      if (who === "canceller") return "42501";
      return who in PROXIES && who !== "booker" ? [] : expected(table, who);
    default:
      return expected(table, who);
  }
}
/** The app's role has no right to change a row of these at all; the privileges' test says so. */
const ONLY_GROWING = ["audit_log", "appointment_events", "access_log", "audit_seals", "consents", "retention_runs"];

/** A column of the key, where that is not `id`. */
const KEYS: Record<string, string> = {
  ...{ idempotency_keys: "user_id", notification_preferences: "user_id", totp_secrets: "user_id" },
  ...{ channel_stops: "channel", recall_patients: "recall_id" },
};

const WHO = [
  "nobody",
  "anonymous",
  "ana",
  ...Object.keys(PROXIES),
  "former",
  "expired",
  "doctor",
  "receptionist",
  "admin",
  "system",
];
const named = (rows: { owner: string }[]) => [...new Set(rows.map((row) => people[row.owner] ?? row.owner))].sort();

describe("every table with rows that are somebody's", () => {
  it("is bound by policies, the owner too, and is in the matrix below", async () => {
    const tables = await owner<
      { name: string; forced: boolean; enabled: boolean; policies: number; is_personal: boolean }[]
    >`
      select c.relname as name, c.relforcerowsecurity as forced, c.relrowsecurity as enabled,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
        exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and a.attname in ('patient_id', 'user_id', 'appointment_id')) as is_personal
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
    const bound = tables.filter(({ policies }) => policies > 0);
    expect(bound.map(({ name }) => name).sort()).toEqual(Object.keys(OWNER).sort());
    expect(bound.filter(({ forced, enabled }) => !forced || !enabled)).toEqual([]);
    // A doctor's account is named on the doctor, whom everybody may see.
    const open = tables.filter(({ name, is_personal, forced }) => is_personal && !forced && name !== "doctors");
    expect(open).toEqual([]);
    const views =
      await owner`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
      and not coalesce('security_invoker=true' = any (reloptions), false)`;
    expect(views).toHaveLength(0);
  });

  it.each(WHO)("shows %s theirs and no others'", async (who) => {
    for (const [table, column] of Object.entries(OWNER)) {
      const seen = named(await as(who, `select ${column} as owner from ${table}`));
      expect([table, seen]).toEqual([table, expected(table, who)]);
    }
    const seen = named(await as(who, "select patient_id as owner from appointment_details"));
    const isNameless = !expected("patients", who).length;
    expect(seen).toEqual(isNameless ? [] : expected("appointments", who));
  });

  it.each(WHO)("lets %s change theirs at the most, and proxies what their grant says", async (who) => {
    for (const [table, column] of Object.entries(OWNER)) {
      if (ONLY_GROWING.includes(table)) continue;
      const key = KEYS[table] ?? "id";
      const statement = `update ${table} set ${key} = ${key} returning ${column} as owner`;
      const wanted = changeable(table, who);
      if (wanted === "42501") expect([table, await refusal(who, statement)]).toEqual([table, wanted]);
      else expect([table, named(await as(who, statement))]).toEqual([table, wanted]);
    }
    const swept = named(await as(who, "delete from notifications returning patient_id as owner"));
    expect(swept).toEqual(changeable("notifications", who));
  });
});

describe("a grant", () => {
  const { locationId, serviceId, doctorId } = clinic;
  const cy = patients.cy as string;
  const ana = patients.ana as string;
  const id = uuidv7();
  const visit = (patientId: string, status = "booked", hour = 5) => `
    insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy, hold_expires_at)
    values ('${id}', '${id}', '${status}', '${serviceId}', '${doctorId}', '${locationId}', '${patientId}',
      '[2031-01-01T0${hour}:00Z,2031-01-01T0${hour}:30Z)', '[2031-01-01T0${hour}:00Z,2031-01-01T0${hour}:30Z)',
      ${status === "held" ? "'2031-01-01'" : "null"}) returning id`;
  const cancel = `update appointments set status = 'cancelled', cancelled_at = now() where patient_id = '${cy}' returning id`;
  const move = `update appointments set during = '[2031-01-01T06:00Z,2031-01-01T06:30Z)', busy = '[2031-01-01T06:00Z,2031-01-01T06:30Z)'
    where patient_id = '${cy}' returning id`;
  const ROW = "1 rows";
  const NONE = "0 rows";
  const NO = "42501";

  it.each([
    ["viewer", { book: NO, hold: NO, cancel: NONE, move: NONE }],
    ["reader", { book: NO, hold: NO, cancel: NONE, move: NONE }],
    ["booker", { book: ROW, hold: ROW, cancel: NO, move: ROW }],
    ["canceller", { book: NO, hold: NO, cancel: ROW, move: NO }],
    ["former", { book: NO, hold: NO, cancel: NONE, move: NONE }],
    ["expired", { book: NO, hold: NO, cancel: NONE, move: NONE }],
    ["ana", { book: NO, hold: NO, cancel: NONE, move: NONE }],
    ["receptionist", { book: ROW, hold: ROW, cancel: ROW, move: ROW }],
    ["doctor", { book: ROW, hold: ROW, cancel: ROW, move: ROW }],
    ["other doctor", { book: NO, hold: NO, cancel: NONE, move: NONE }],
  ])("lets %s write the child's visits as far as it says", async (who, may) => {
    expect({
      book: await refusal(who, visit(cy)),
      hold: await refusal(who, visit(cy, "held")),
      cancel: await refusal(who, cancel),
      move: await refusal(who, move),
    }).toEqual(may);
  });

  it("never makes a visit, a patient or a grant somebody else's, nor wider", async () => {
    for (const [who, statement] of [
      ["booker", `update appointments set patient_id = '${ana}' where patient_id = '${cy}'`],
      [
        "canceller",
        `update appointments set patient_id = '${ana}', status = 'cancelled', cancelled_at = now() where patient_id = '${cy}'`,
      ],
      ["ana", `update appointments set patient_id = '${cy}' where patient_id = '${ana}'`],
      ["booker", `update patients set user_id = '${accounts.booker}' where id = '${cy}'`],
      [
        "viewer",
        `update patient_proxies set capabilities = array['view', 'book'] where user_id = '${accounts.viewer}'`,
      ],
      [
        "viewer",
        `update patient_proxies set capabilities = array['book'], revoked_at = now() where user_id = '${accounts.viewer}'`,
      ],
      ["former", `update patient_proxies set revoked_at = null where user_id = '${accounts.former}'`],
      [
        "viewer",
        `insert into patient_proxies (id, patient_id, user_id, relationship, capabilities) values ('${id}', '${cy}', '${accounts.ana}', 'x', '{view}')`,
      ],
      [
        "viewer",
        `insert into patient_proxies (id, patient_id, user_id, relationship, capabilities) values ('${id}', '${ana}', '${accounts.viewer}', 'x', '{view}')`,
      ],
    ] as const)
      expect([statement, await refusal(who, statement)]).toEqual([statement, NO]);
    const end = `update patient_proxies set revoked_at = now() where user_id = '${accounts.viewer}' returning id`;
    expect(await refusal("viewer", end)).toBe(ROW);
  });

  it("does not let one who is a patient too take the child's visit for their own", async () => {
    const grant = uuidv7();
    await owner`insert into patient_proxies (id, patient_id, user_id, relationship, capabilities)
      values (${grant}, ${cy}, ${accounts.ana as string}, 'parent', array['view', 'book', 'cancel'])`;
    expect(await refusal("ana", move)).toBe(ROW);
    const take = `update appointments set patient_id = '${ana}' where patient_id = '${cy}'`;
    expect(await refusal("ana", take)).toBe(NO);
    expect(await refusal("receptionist", `${take} returning id`)).toBe(ROW);
    await owner`delete from patient_proxies where id = ${grant}`;
  });

  it("deletes holds at the most, and only where it says book", async () => {
    const gone = `delete from appointments where patient_id = '${cy}' returning id`;
    for (const who of ["ana", "viewer", "booker", "canceller", "doctor", "receptionist", "admin"])
      expect([who, await refusal(who, gone)]).toEqual([who, NONE]);
    await owner.unsafe(visit(cy, "held"));
    for (const [who, told] of [
      ["viewer", NONE],
      ["canceller", NONE],
      ["booker", ROW],
      ["receptionist", ROW],
    ] as const)
      expect([who, await refusal(who, gone)]).toEqual([who, told]);
    await owner`delete from appointments where id = ${id}`;
  });
});

describe("an event", () => {
  const event = (of: string, kind: string, by: string | null) => `
    insert into appointment_events (id, appointment_id, type, version, actor_kind, actor_user_id, at)
    select '${uuidv7()}', id, 'appointment.forged', 1, '${kind}', ${by ? `'${by}'::uuid` : "null"}, now() from ${of}`;
  const [anas, cys, bos] = ["ana", "cy", "bo"].map((name) => `(select '${visits[name]}'::uuid as id) v`) as [
    string,
    string,
    string,
  ];

  it.each([
    ["ana", anas, true],
    ["ana", cys, false],
    ["ana", bos, false],
    ["booker", cys, true],
    ["canceller", cys, true],
    ["viewer", cys, false],
    ["reader", cys, false],
    ["former", cys, false],
    ["booker", anas, false],
    ["doctor", anas, true],
    ["doctor", bos, false],
    ["receptionist", bos, true],
  ])("is written by %s for %s: %s", async (who, of, may) => {
    const told = await refusal(who, event(of, "user", accounts[who] as string));
    expect(told).toBe(may ? "0 rows" : "42501");
  });

  it("is written in one's own name", async () => {
    const mine = accounts.ana as string;
    expect(await refusal("ana", event(anas, "user", mine))).toBe("0 rows");
    for (const [who, kind, by] of [
      ["ana", "user", accounts.bo as string],
      ["ana", "user", null],
      ["ana", "system", null],
      ["receptionist", "user", mine],
      ["anonymous", "anonymous", null],
    ] as const)
      expect([who, kind, by, await refusal(who, event(anas, kind, by))]).toEqual([who, kind, by, "42501"]);
    // Our own jobs write down what others did: the demo's story is made so.
    for (const by of [null, mine])
      expect(await refusal("system", event(anas, by ? "user" : "system", by))).toBe("0 rows");
  });
});
