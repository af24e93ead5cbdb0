import { type Db, withoutTransaction } from "@/db/client";
import type { Role, UserActor } from "@/lib/domain/actor";
import { sessionIdOfToken } from "./auth-token";
import { db as processDb } from "./db";
import { remember } from "./remember";
import { needsSecondFactor } from "./second-factor-rule";

export type SessionKind = "browser" | "api";
/** `expiresAt`: if nothing more is done; `latestEnd`: whatever is done. */
type Live = {
  actor: UserActor;
  name: string;
  kind: SessionKind;
  expiresAt: number;
  latestEnd: number;
  lastSeenAt: number;
};
type Kept = { at: number; live: Promise<Live | null> };

/** A session that has ended elsewhere is believed at most so long. */
const CACHE_MS = 1_000;
const CACHE_ENTRIES = 20_000;
/** How exactly "last seen" is kept: a write a minute at the most. */
const SEEN_MS = 60_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// On globalThis, as Next loads this module once per bundle and a sign-out in one must be known in all.
const held = globalThis as typeof globalThis & { slotwellSessions?: Map<string, Kept> };

function sessionCache(): Map<string, Kept> {
  held.slotwellSessions ??= new Map();
  return held.slotwellSessions;
}

/** Sessions that this process has just ended are nobody's at once, without waiting for the cache. */
export function forgetSessions(ids: Iterable<string>): void {
  for (const id of ids) sessionCache().delete(id);
}

type Row = {
  user_id: string;
  role: Role;
  display_name: string;
  patient_id: string | null;
  doctor_id: string | null;
  kind: SessionKind;
  expires_at: Date;
  seen_at: Date;
  idle_seconds: number | null;
  authenticated_at: Date;
  has_second_factor: boolean;
};

type Asked = { db: Db; id: string; now: Date; isActive: boolean };

/** Reads the session with the account as it is now; the token's word on role or owner is never asked. */
async function readSession({ db, id, now, isActive }: Asked): Promise<Live | null> {
  const touchBefore = isActive ? new Date(now.getTime() - SEEN_MS) : null;
  // The touch is part of the read: one statement, and at most one write a minute.
  const [row] = await withoutTransaction(
    { db },
    ({ pg }) => pg<Row[]>`select * from live_session(${id}, ${now}, ${touchBefore})`,
  );
  if (!row) return null;
  const idleEnd =
    row.idle_seconds === null ? Number.POSITIVE_INFINITY : row.seen_at.getTime() + row.idle_seconds * 1000;
  return {
    name: row.display_name,
    kind: row.kind,
    expiresAt: Math.min(row.expires_at.getTime(), idleEnd),
    latestEnd: row.expires_at.getTime(),
    lastSeenAt: row.seen_at.getTime(),
    actor: {
      kind: "user",
      userId: row.user_id,
      role: row.role,
      sessionId: id,
      patientId: row.patient_id,
      doctorId: row.doctor_id,
      authenticatedAt: row.authenticated_at,
      ...(needsSecondFactor(row.role) && !row.has_second_factor ? { mustEnrol: true as const } : {}),
    },
  };
}

async function lookUp(asked: Asked): Promise<Live | null> {
  const { id, now, isActive } = asked;
  const cache = sessionCache();
  const known = cache.get(id);
  const at = performance.now();
  if (known && at - known.at < CACHE_MS) {
    const live = await known.live;
    // What was read for a page that refreshes itself does not swallow what its reader does.
    if (!isActive || !live || now.getTime() - live.lastSeenAt < SEEN_MS) return live;
  }
  const live = readSession(asked);
  remember(cache, id, { at, live }, CACHE_ENTRIES);
  // A database that was away is asked again by the next request.
  live.catch(() => cache.delete(id));
  return live;
}

/**
 * Who a live session belongs to; null where it has ended, was idle for too long, or is of the other kind. `isActive`: somebody did
 * something, which starts its idle time anew. Rejects where the database is away.
 */
export async function liveSession(
  id: string,
  kind: SessionKind,
  now: Date,
  db = processDb(),
  isActive = true,
): Promise<UserActor | null> {
  if (!UUID.test(id)) return null;
  const live = await lookUp({ db, id, now, isActive });
  return live && live.kind === kind && live.expiresAt > now.getTime() ? live.actor : null;
}

export type SessionEnd = {
  /** When it ends if nothing more is done. */
  endsAt: Date;
  /** When it ends whatever is done. */
  latestEnd: Date;
};

/** When a sign-in ends, as the request that asks already knows; null where it has. */
export async function liveSessionEnd(id: string, now: Date, db: Db): Promise<SessionEnd | null> {
  const live = await lookUp({ db, id, now, isActive: false });
  return live && { endsAt: new Date(live.expiresAt), latestEnd: new Date(live.latestEnd) };
}

/** How the account is called, as the request that asks already knows; "" where the session has ended. */
export async function liveSessionName(id: string, now: Date, db: Db): Promise<string> {
  const live = await lookUp({ db, id, now, isActive: false });
  return live?.name ?? "";
}

/** Who a bearer token of the REST API speaks for; null where it is not valid or its session has ended. */
export async function bearerActor(token: string, now = new Date(), db = processDb()): Promise<UserActor | null> {
  const id = await sessionIdOfToken(db, token, now);
  return id === null ? null : liveSession(id, "api", now, db);
}
