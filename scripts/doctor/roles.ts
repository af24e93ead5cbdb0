import { sql } from "drizzle-orm";
import type { Db, DbRole } from "@/db/client";
import { loginOf, openDatabase } from "@/lib/platform/db";
import type { Env } from "@/lib/platform/env";
import { bad, examine, type Finding, fine, warn } from "./finding";

/** The variables that say who logs in; whichever of them is not set falls back to DATABASE_URL. */
const PROGRAMS = { web: "DATABASE_URL", worker: "DATABASE_WORKER_URL", operator: "DATABASE_OWNER_URL" } as const;

type Standing = {
  role: string;
  login: string;
  is_unbound: boolean;
  owned: number;
  is_superuser: boolean;
  is_owner: boolean;
  is_both: boolean;
};

/** What web, worker and the commands run by hand may do in the database, each by its own login. */
export const examineRoles = (environment: Env): Promise<Finding[]> =>
  Promise.all((["web", "worker", "operator"] as const).map((role) => examineLogin(environment, role)));

async function examineLogin(environment: Env, role: DbRole): Promise<Finding> {
  const db = openDatabase(environment, role, { max: 1, name: "slotwell-doctor" });
  const [variable, isShared] = [
    PROGRAMS[role],
    role !== "web" && loginOf(environment, role) === loginOf(environment, "web"),
  ];
  const where = isShared ? "DATABASE_URL" : variable;
  const mend = `Run npm run migrate as the owner, and grant slotwell_${role} to the user of ${where}.`;
  try {
    return await examine(`${role} login`, mend, () => judge(db, role, where));
  } finally {
    await db.close();
  }
}

async function judge(db: Db, role: DbRole, where: string): Promise<Finding> {
  const [found] = await db.orm.execute<Standing>(sql`
    select current_user as role, session_user as login, r.rolsuper or r.rolbypassrls as is_unbound, s.rolsuper as is_superuser,
      (select count(*)::int from pg_class c where c.relowner = r.oid) as owned,
      exists (select from pg_class c where c.relowner = s.oid and c.relnamespace = 'public'::regnamespace) as is_owner,
      pg_has_role(s.oid, 'slotwell_web', 'member') and pg_has_role(s.oid, 'slotwell_worker', 'member') as is_both
    from pg_roles r, pg_roles s where r.rolname = current_user and s.rolname = session_user`);
  const name = `${role} login`;
  if (!found || found.role !== `slotwell_${role}` || found.is_unbound || found.owned > 0)
    return bad(
      name,
      `${where} acts as ${found?.role ?? "nobody"}, whom row-level security does not bind`,
      `The role slotwell_${role} must own nothing and be neither superuser nor BYPASSRLS.`,
    );
  const says = `${where} logs in as ${found.login} and acts as ${found.role}, bound by row-level security${(await isEncrypted(db)) ? ", over TLS" : ""}`;
  if (role === "operator") return fine(name, says);
  const mend = `Give it a user of its own: create role clinic_${role} login password '...' in role slotwell_${role}; and keep the owner in DATABASE_OWNER_URL.`;
  if (found.is_superuser) return warn(name, `${says}; the login is a superuser`, mend);
  if (found.is_owner) return warn(name, `${says}; the login owns the tables`, mend);
  return fine(name, found.is_both ? `${says}; the login may act as web and as worker` : says);
}

/** Whether the connection is over TLS, which PostgreSQL tells nobody but the login itself. */
export const isEncrypted = (db: Db): Promise<boolean> =>
  db.pg.begin(async (pg) => {
    await pg`set local role none`;
    const [row] = await pg<{ ssl: boolean }[]>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
    return row?.ssl ?? false;
  });
