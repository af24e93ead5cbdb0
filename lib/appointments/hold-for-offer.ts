import type { Tx } from "@/db/client";
import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { readFacts, type Wanted } from "./booking-facts";
import { type BookingRefusal, judgeTime, judgeWho, notFound } from "./judge-booking";
import { takeTime } from "./write-visit";

export type HeldForOffer = { id: string; locationId: string; start: Date; end: Date };

/** Holds a time until an instant, within a transaction of the caller's, for nobody by name: those to whom it is offered may answer. */
export async function holdForOffer(
  tx: Tx,
  ctx: Context,
  time: Omit<Wanted, "patientId">,
  expiresAt: Date,
): Promise<Result<HeldForOffer, BookingRefusal | "patient_busy">> {
  const wanted = { ...time, patientId: null };
  const facts = await readFacts(tx, ctx, wanted);
  if ("missing" in facts) return notFound(facts.missing);
  const who = judgeWho(ctx.actor, facts, wanted);
  if (!who.ok) return who;
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
