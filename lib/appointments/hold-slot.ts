import { type Tx, withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/refusals";
import { patientOf } from "./acting";
import { type BookingFacts, type OwnHold, readFacts, type Wanted } from "./booking-facts";
import { refusalOfConflict } from "./conflict";
import { holdMs, MAX_LIVE_HOLDS } from "./hold-limits";
import { type BookingRefusal, judgeTime, judgeWho, notFound } from "./judge-booking";
import { exactHold, letGo } from "./own-holds";
import type { HoldSlotInput } from "./schemas";
import { type HoldView, iso } from "./views";
import { withRetries } from "./with-retries";
import { takeTime } from "./write-visit";

type Refusal = BookingRefusal | "patient_busy";

/**
 * Keeps a time for five minutes while somebody decides. Staff may name the patient later. Holding what one holds already gives the same hold
 * again, and an older hold that overlaps gives way. Refuses as a booking does, and `policy_refused` beyond ten live holds of one patient.
 */
export async function holdSlot(ctx: Context, input: HoldSlotInput): Promise<Result<HoldView, Refusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  return withRetries(() => withActor(ctx, (tx) => hold(tx, ctx, input)).catch(refusalOfConflict));
}

async function hold(tx: Tx, ctx: Context, input: HoldSlotInput): Promise<Result<HoldView, Refusal>> {
  const patientId = patientOf(ctx, input.patientId);
  const needsPatient = ctx.actor.kind === "user" && ctx.actor.role === "patient";
  if (!patientId && needsPatient) return invalid("patientId", "say whom the visit is for");
  const wanted: Wanted = { ...input, patientId };
  // The patient's row orders their holds, or two at once would both be the third.
  const [, facts] = await Promise.all([
    patientId && tx.pg`select 1 from patients where id = ${patientId} for no key update`.execute(),
    readFacts(tx, ctx, wanted),
  ]);
  if ("missing" in facts) return notFound(facts.missing);
  const who = judgeWho(ctx.actor, facts, wanted);
  if (!who.ok) return who;

  const holds = facts.ownHolds;
  const mine = exactHold(facts, wanted);
  if (mine) return again(tx, mine, facts);
  const decision = judgeTime(ctx.actor, facts, wanted, { now: ctx.now, holds });
  if (!decision.ok) return decision;
  const kept = facts.liveHolds - holds.filter((old) => old.isLive && old.patientId === patientId).length;
  if (patientId && kept >= MAX_LIVE_HOLDS)
    return refuse("policy_refused", {
      detail: `At most ${MAX_LIVE_HOLDS} times can be held at once.`,
      data: { reason: "too_many_holds" },
    });
  await letGo(tx, holds);

  const expiresAt = new Date(ctx.now.getTime() + holdMs);
  const { visit, busy, place } = decision;
  const written = await takeTime(
    tx,
    ctx,
    {
      status: "held",
      serviceId: wanted.serviceId,
      doctorId: wanted.doctorId,
      locationId: place.id,
      patientId,
      visit,
      busy,
      holdExpiresAt: expiresAt,
    },
    decision.rooms?.map(({ id }) => id) ?? null,
  );
  if (!written.ok) return written;
  const { serviceId, doctorId } = wanted;
  const where = { timeZone: place.timeZone, serviceId, doctorId, locationId: place.id, patientId };
  const when = { start: iso(visit.start), end: iso(visit.end), expiresAt: iso(expiresAt) };
  return { ok: true, value: { id: written.value.id, ...when, ...where } };
}

async function again(tx: Tx, mine: OwnHold, facts: BookingFacts): Promise<Result<HoldView, Refusal>> {
  const [row] = await tx.pg<{ starts_at: Date; ends_at: Date; hold_expires_at: Date }[]>`
    select starts_at, ends_at, hold_expires_at from appointments where id = ${mine.id}`;
  if (!row) throw new Error("a hold just read cannot be read again");
  const { id, serviceId, doctorId, locationId, patientId } = mine;
  const timeZone = facts.reference.places?.find((place) => place.id === locationId)?.timeZone ?? "UTC";
  const when = { start: iso(row.starts_at), end: iso(row.ends_at), expiresAt: iso(row.hold_expires_at) };
  return { ok: true, value: { id, ...when, timeZone, serviceId, doctorId, locationId, patientId } };
}
