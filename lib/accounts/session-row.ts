import type { sessions } from "@/db/schema";
import type { UserActor } from "@/lib/domain/actor";
import type { SessionView } from "./views";

type Row = typeof sessions.$inferSelect;

/** When a sign-in ends if nothing more is done. */
export const endOf = ({ expiresAt, lastSeenAt, idleSeconds }: Pick<Row, "expiresAt" | "lastSeenAt" | "idleSeconds">) =>
  idleSeconds === null ? expiresAt : new Date(Math.min(expiresAt.getTime(), lastSeenAt.getTime() + idleSeconds * 1000));

/** A sign-in as its owner sees it. */
export const sessionViewOf = (row: Row, actor: UserActor): SessionView => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  userAgent: row.userAgent,
  ipAddress: row.ipAddress,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  expiresAt: endOf(row).toISOString(),
  current: row.id === actor.sessionId,
});
