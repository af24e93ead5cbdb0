import type { Tx } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { readFacts, type Wanted } from "./booking-facts";
import { type BookingRefusal, judgeTime, judgeWho, notFound } from "./judge-booking";
import { patientBusy } from "./refusals";
import { takeTime } from "./write-visit";

export type HeldForOffer = { id: string; locationId: string; start: Date; end: Date };

/**
 * Holds a time for a patient until an instant, within a transaction of one of our own jobs. What the patient holds for themselves at that time
 * never gives way to it: `patient_busy`.
 */
export async function holdForOffer(
  tx: Tx,
  ctx: Context,
  wanted: Wanted & { patientId: string },
  expiresAt: Date,
): Promise<Result<HeldForOffer, BookingRefusal | "patient_busy">> {
  if (!may(ctx.actor, "waitlist.offer")) return refuse("forbidden");
  const facts = await readFacts(tx, ctx, wanted);
  if ("missing" in facts) return notFound(facts.missing);
  const who = judgeWho(ctx.actor, facts, wanted);
  if (!who.ok) return who;
  if (facts.ownHolds.some(({ isLive }) => isLive)) return patientBusy();
  const decision = judgeTime(ctx.actor, facts, wanted, { now: ctx.now, holds: [] });
  if (!decision.ok) return decision;

  const { visit, busy, place } = decision;
  const { serviceId, doctorId, patientId } = wanted;
  const written = await takeTime(
    tx,
    ctx,
    { status: "held", serviceId, doctorId, locationId: place.id, patientId, visit, busy, holdExpiresAt: expiresAt },
    decision.rooms?.map(({ id }) => id) ?? null,
  );
  return written.ok ? { ok: true, value: { id: written.value.id, locationId: place.id, ...visit } } : written;
}
