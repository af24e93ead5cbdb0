import { withActor } from "@/db/client";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { type Claim, standing, withdraw } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";
import { together } from "./together";
import { visitFacts, whyStale } from "./visit-facts";

/**
 * For how long a look holds, from when the database has answered it: a message that has not begun to leave by then is looked at anew. So
 * none leaves that was cancelled, moved or confirmed longer before than this and the look's own round trip.
 */
export const LOOK_HOLDS_MS = 200;

export type Look = { at: Date; obstacle?: "not_due" | "withdrawn" };
type Seen = Look & { until: number };

/**
 * Looks at a message right before it is sent: rendering and waiting for one's turn take their time, the claim may have run out meanwhile, or
 * the visit moved. Those that are ready in the same moment are looked at together. `send` begins within `LOOK_HOLDS_MS` of the look.
 */
export function lookout(messenger: Messenger) {
  const look = together((claims: Claim[]) => lookAt(messenger, claims));
  return async <T>(claim: Claim, send: () => Promise<T>): Promise<{ look: Look; sent?: T }> => {
    for (;;) {
      const seen = await look(claim).catch((error: unknown) => lookAlone(messenger, claim, error));
      if (seen.obstacle) return { look: seen };
      if (performance.now() <= seen.until) return { look: seen, sent: await send() };
    }
  };
}

/** Where a look fails for one message, be it for a bug, the others must not fail with it. */
async function lookAlone(messenger: Messenger, claim: Claim, error: unknown): Promise<Seen> {
  if (databaseRefusal(error)?.code === "unavailable") throw error;
  const [seen] = await lookAt(messenger, [claim]);
  if (!seen) throw error;
  return seen;
}

async function lookAt(messenger: Messenger, claims: readonly Claim[]): Promise<Seen[]> {
  const ctx = messengerContext(messenger);
  const ofVisits = claims.filter(({ appointmentId }) => appointmentId !== null);
  // What is claimed until much later than any send may take need not be written again.
  const renewBefore = new Date(ctx.now.getTime() - messenger.leaseMs / 4);
  const obstacles = await withActor(ctx, async (tx) => {
    const [stands, visits] = await Promise.all([
      standing(tx, claims, ctx.now, renewBefore),
      visitFacts(tx, ofVisits, ctx.now),
    ]);
    const found: Array<Look["obstacle"]> = [];
    for (const claim of claims) {
      const why = claim.appointmentId ? whyStale(claim, visits.get(claim.id), ctx.now) : undefined;
      if (why && stands.has(claim.id)) await withdraw(tx, claim, why, ctx.now);
      found.push(!stands.has(claim.id) ? "not_due" : why ? "withdrawn" : undefined);
    }
    return found;
  });
  const until = performance.now() + LOOK_HOLDS_MS;
  return obstacles.map((obstacle) => ({ at: ctx.now, until, ...(obstacle ? { obstacle } : {}) }));
}
