import {
  createTableRelationsHelpers,
  type ExtractTablesWithRelations,
  extractTablesRelationalConfig,
} from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsDatabase, PostgresJsSession } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Actor } from "@/lib/domain/actor";
import type { Result } from "@/lib/domain/result";
import * as schema from "./schema";

export type Schema = typeof schema;
export type Orm = PostgresJsDatabase<Schema>;

/** A pool. Patient data is reached through `withActor` only; outside it row-level security shows nothing. */
export type Db = {
  pg: postgres.Sql;
  orm: Orm;
  close: () => Promise<void>;
  /** The longest that `withActor` waits for a transaction; the server's own limits end it long before, where it answers at all. */
  deadlineMs: number;
};

/** Two faces of one transaction: Drizzle everywhere, the prepared tagged template where a bench shows that it pays. */
export type Tx = { pg: postgres.TransactionSql; db: Orm };

/** A transaction, or the pool for statements that are one each. */
// biome-ignore lint/complexity/noBannedTypes: the driver's word for "no types of one's own"
export type On = { pg: postgres.ISql<{}> };

/** Whose rights a pool has: the web's, the worker's, or both, for commands that are run by hand (and for tests). */
export type DbRole = "web" | "worker" | "operator";

export type DbOptions = {
  /** `operator` without it. */
  role?: DbRole;
  /** Authorities (PEM) that vouch for the server. With it the connection is encrypted and the server's name verified; without, the URL's `sslmode` decides. */
  ca?: string | undefined;
  /** Connections at the most. */
  max?: number;
  /** Shown in pg_stat_activity: `slotwell-web`, `slotwell-worker`. */
  name?: string;
  statementTimeoutMs?: number;
  /** Twice the statement's time-out without it; Infinity for work that may take as long as it takes. */
  deadlineMs?: number;
  connectTimeoutSeconds?: number;
  /** Told what the server remarks on (a test reads plans so); nobody without it. */
  onNotice?: (notice: postgres.Notice) => void;
};

/**
 * What the tagged template gives and takes: instants as `Date`, calendar dates as "YYYY-MM-DD", json as values; a string is taken for
 * json already written, as Drizzle hands it over.
 */
const TYPES = {
  json: {
    to: 114,
    from: [114, 3802],
    serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
    parse: (text: string) => JSON.parse(text),
  },
  day: { to: 1082, from: [1082], serialize: (day: string) => day, parse: (day: string) => day },
};

const dialect = new PgDialect({ casing: "snake_case" });
const { tables, tableNamesMap } = extractTablesRelationalConfig(schema, createTableRelationsHelpers);
const relational = { fullSchema: schema, schema: tables as ExtractTablesWithRelations<Schema>, tableNamesMap };

/** A statement of more is a list of many rows, and seldom comes again with as many. */
const MOST_KEPT_PARAMETERS = 20;

/** What Drizzle asks, prepared: else the driver asks the server for the parameters' types first, each time, and it is planned anew. */
const preparing = (pg: postgres.Sql | postgres.TransactionSql): postgres.Sql =>
  Object.create(pg, {
    unsafe: {
      value: (query: string, parameters: postgres.ParameterOrJSON<never>[] = []) =>
        pg.unsafe(query, parameters, { prepare: parameters.length <= MOST_KEPT_PARAMETERS }),
    },
  });

/**
 * Drizzle on a pool or on one transaction. Its own `drizzle()` would turn the driver's parsers off for the tagged template too, fails on
 * a transaction, and walks the schema each time (3 ms).
 */
function ormOn(pg: postgres.Sql | postgres.TransactionSql): Orm {
  const session = new PostgresJsSession(preparing(pg), dialect, relational, {});
  return new PostgresJsDatabase(dialect, session, relational) as Orm;
}

/** The driver's words for an encrypted connection to a server that `ca` vouches for. */
export const verifiedBy = (ca: string | undefined) => (ca ? { ssl: { ca, rejectUnauthorized: true } } : {});

/** Opens a pool on `url` that acts as a member of `slotwell_app`, whoever logs in: it owns nothing and every policy binds it. */
export function connect(url: string, options: DbOptions = {}): Db {
  const statementTimeoutMs = options.statementTimeoutMs ?? 15_000;
  const deadlineMs = options.deadlineMs ?? 2 * statementTimeoutMs;
  // An option that scripts/patch-postgres.mjs adds: a connection that is silent for so long is closed, and opened anew when it is needed.
  const mended = { answer_timeout: Number.isFinite(deadlineMs) ? deadlineMs : 0 };
  const pg = postgres(url, {
    ...mended,
    ...verifiedBy(options.ca),
    max: options.max ?? 10,
    idle_timeout: 60,
    connect_timeout: options.connectTimeoutSeconds ?? 5,
    types: TYPES,
    backoff: (attempt) => Math.min(2, 0.1 * 2 ** attempt),
    onnotice: options.onNotice ?? (() => {}),
    connection: {
      application_name: options.name ?? "slotwell",
      role: `slotwell_${options.role ?? "operator"}`,
      statement_timeout: statementTimeoutMs,
      lock_timeout: Math.min(10_000, statementTimeoutMs),
      idle_in_transaction_session_timeout: 30_000,
      // The default is a spinning disk's, and would read all patients to name those of one day.
      random_page_cost: 1.1,
      TimeZone: "UTC",
    },
  });
  return { pg, orm: ormOn(pg), close: () => pg.end({ timeout: 5 }), deadlineMs };
}

/** Drizzle's face is made at its first use. */
class Faces implements Tx {
  #db: Orm | undefined;
  constructor(readonly pg: postgres.TransactionSql) {}
  get db(): Orm {
    this.#db ??= ormOn(this.pg);
    return this.#db;
  }
}

type ActingContext = {
  db: Db;
  actor: Actor;
  requestId: string;
  /** Runs in the same transaction after the work, before it commits (an idempotency key is kept there). */
  beforeCommit?: (tx: Tx, value: unknown) => Promise<void>;
};

/** Carries a refusal out of `begin`, so that what the verb had written is rolled back. */
class RolledBack extends Error {
  constructor(readonly refusal: unknown) {
    super("rolled back");
  }
}

const isRefusal = (value: unknown): value is Result<never> =>
  typeof value === "object" && value !== null && "ok" in value && value.ok === false;

/** Who acts, in the order in which `act_as` takes it: what policies and the audit trigger read. */
export function actorSettings(actor: Actor, requestId: string): string[] {
  if (actor.kind === "user")
    return ["user", actor.userId, actor.role, actor.doctorId ?? "", actor.patientId ?? "", "", requestId];
  return [actor.kind, "", "", "", "", actor.kind === "system" ? actor.job : "", requestId];
}

/** Tells the database who acts, for this transaction only. */
export const setActor = (pg: postgres.TransactionSql, actor: Actor, requestId: string) =>
  pg`select act_as(${actorSettings(actor, requestId)}::text[])`;

/** The caller waits no longer; what has not been done by then is not begun, and what has not been committed is rolled back. */
class Unanswered extends Error {
  readonly code = "CONNECTION_UNANSWERED";
  constructor() {
    super("the database did not answer in time");
  }
}

function within<T>(deadlineMs: number, work: (isLate: () => boolean) => Promise<T>): Promise<T> {
  let isLate = false;
  const working = work(() => isLate);
  if (!Number.isFinite(deadlineMs)) return working;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new Unanswered());
    }, deadlineMs);
  });
  return Promise.race([working, late]).finally(() => clearTimeout(timer));
}

/**
 * Runs `work` in one transaction as `ctx.actor`. A returned refusal (`{ok: false}`) rolls everything back and is handed on;
 * what `work` throws rolls back and is thrown on, and so is that the database has not answered within `deadlineMs`.
 */
export function withActor<T>(ctx: ActingContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  return within(ctx.db.deadlineMs, (isLate) => transact(ctx, work, isLate));
}

/** The pool for as long as somebody waits for what it does. */
const punctual = (db: Db, isLate: () => boolean): On => ({
  get pg() {
    if (isLate()) throw new Unanswered();
    return db.pg;
  },
});

/**
 * Runs `work` without a transaction around it: each statement commits by itself, and says by `act_as` who acts. For what one statement does as a
 * whole; it saves the round trips of a BEGIN and a COMMIT. After `deadlineMs` none is begun; one that has been sent by then may still commit, as
 * with every COMMIT whose answer is lost.
 */
export function withoutTransaction<T>({ db }: { db: Db }, work: (on: On) => Promise<T>): Promise<T> {
  return within(db.deadlineMs, (isLate) => work(punctual(db, isLate)));
}

async function transact<T>(ctx: ActingContext, work: (tx: Tx) => Promise<T>, isLate: () => boolean): Promise<T> {
  try {
    return (await ctx.db.pg.begin(async (pg) => {
      if (isLate()) throw new Unanswered();
      const tx = new Faces(pg);
      // Sent first (a query is lazy until it is executed), not awaited: the connection keeps the order, so the first query rides along.
      const [, result] = await Promise.all([setActor(pg, ctx.actor, ctx.requestId).execute(), work(tx)]);
      if (isRefusal(result)) throw new RolledBack(result);
      await ctx.beforeCommit?.(tx, result);
      if (isLate()) throw new Unanswered();
      return result;
    })) as T;
  } catch (error) {
    if (error instanceof RolledBack) return error.refusal as T;
    throw error;
  }
}
