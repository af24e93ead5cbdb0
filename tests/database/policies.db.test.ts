import { describe, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { PROXIES, somebodies } from "@/tests/support/somebodies";

// No verb is asked here: raw SQL as the application's role, so that what is seen is what row-level security alone lets through.

const { db, owner } = await testDb();
const { people, actors, as, refusal } = await somebodies(db, owner);

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
  idempotency_keys: "user_id",
  audit_log: "patient_id",
  data_keys: "patient_id",
  key_rotations: "'system'",
  medical_records: "patient_id",
  record_versions: "patient_id",
  record_attachments: "patient_id",
  record_grants: "patient_id",
  break_glass: "patient_id",
  access_log: "patient_id",
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
      return isClinic ? PATIENTS : who === "doctor" ? ["ana", "cy"] : own;
    case "notifications":
      return isClinic ? PATIENTS : own;
    case "notification_preferences":
      return isClinic ? ACCOUNTS : self;
    case "idempotency_keys":
      return who === "system" ? ACCOUNTS : self;
    case "audit_log":
      return isAdmin ? PATIENTS : own;
    case "data_keys":
      return isClinic || who === "doctor" ? PATIENTS : own;
    case "key_rotations":
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

/** Where fewer rows may be changed than seen. Grants and broken glass that have ended stay so; records are the doctors' to write. */
function changeable(table: string, who: string): string[] {
  switch (table) {
    case "data_keys":
    case "record_attachments":
    case "record_grants":
    case "break_glass":
      return who === "system" ? PATIENTS : [];
    case "medical_records":
    case "record_versions":
      return ["doctor", "system"].includes(who) ? expected(table, who) : [];
    default:
      return expected(table, who);
  }
}
/** The app's role has no right to change a row of these at all; the privileges' test says so. */
const ONLY_GROWING = ["audit_log", "appointment_events", "access_log"];

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

  it.each(WHO)("lets %s change or delete theirs at the most", async (who) => {
    for (const [table, column] of Object.entries(OWNER)) {
      if (ONLY_GROWING.includes(table)) continue;
      const isKeyedByUser = ["idempotency_keys", "notification_preferences", "totp_secrets"].includes(table);
      const key = isKeyedByUser ? "user_id" : "id";
      const isLost = table === "patient_proxies" && (who === "former" || who === "expired");
      const told = refusal(who, `update ${table} set ${key} = ${key} returning ${column} as owner`);
      if (isLost) expect(await told).toBe("42501");
      else {
        const changed = named(await as(who, `update ${table} set ${key} = ${key} returning ${column} as owner`));
        expect([table, changed]).toEqual([table, changeable(table, who)]);
      }
    }
    const swept = named(await as(who, "delete from notifications returning patient_id as owner"));
    expect(swept).toEqual(expected("notifications", who));
  });
});
