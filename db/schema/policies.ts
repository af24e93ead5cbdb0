import { type SQL, sql } from "drizzle-orm";
import { pgPolicy } from "drizzle-orm/pg-core";
import { appRole, definerRole } from "./columns";

// Each helper is wrapped in a sub-select so that PostgreSQL asks it once per statement, not once per row.
export const seesAll = sql`(select app_sees_all())`;
export const isSystem = sql`(select app_is_system())`;
export const isAdminOrSystem = sql`(select app_is_admin() or app_is_system())`;
export const isStaffOrSystem = sql`(select app_is_staff() or app_is_system())`;
export const ownUser = (column: SQL) => sql`${column} = (select app_user_id())`;
export const ownDoctor = (column: SQL) => sql`${column} = (select app_doctor_id())`;
/** A doctor follows what the patients of their own visits are told. */
export const ofOwnVisit = (t: { appointmentId: unknown }) =>
  sql`exists (select from appointments a where a.id = ${t.appointmentId} and ${ownDoctor(sql`a.doctor_id`)})`;
/** Cheaper than `ownPatient`, which also asks for the grants: to be put before it. */
export const isPatient = (column: SQL) => sql`${column} = (select app_patient_id())`;
export const ownPatient = (column: SQL) => sql`${column} in (select app_patient_ids())`;
/** As `ownPatient`, where a grant must say so much. */
export const mayFor = (column: SQL, capability: "book" | "cancel") =>
  sql`${column} in (select app_patient_ids(${sql.raw(`'${capability}'`)}))`;

/** Beside the app's policies on `table`: the definer's functions see all. */
export const definerSees = (table: string) =>
  pgPolicy(`${table}_definer`, { for: "all", to: definerRole, using: sql`true`, withCheck: sql`true` });

type Rules = { read: SQL; insert: SQL; update: SQL; updated?: SQL; delete: SQL };

/** A rule for each thing that the app role may do to the rows of `table`; `updated`: what a row must be like after a change. */
export const policiesOf = (table: string, { read, insert, update, updated = update, delete: gone }: Rules) => [
  pgPolicy(`${table}_read`, { for: "select", to: appRole, using: read }),
  pgPolicy(`${table}_insert`, { for: "insert", to: appRole, withCheck: insert }),
  pgPolicy(`${table}_update`, { for: "update", to: appRole, using: update, withCheck: updated }),
  pgPolicy(`${table}_delete`, { for: "delete", to: appRole, using: gone }),
  definerSees(table),
];

/** Rows of `table` are visible to, and writable by, the app role where `rule` holds (`written`: once written); the definer's functions see all. */
export const visibleWhere = (table: string, rule: SQL, written = rule) => [
  pgPolicy(`${table}_app`, { for: "all", to: appRole, using: rule, withCheck: written }),
  definerSees(table),
];
