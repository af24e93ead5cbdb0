import { type Tx, withActor } from "@/db/client";
import { range } from "@/db/ranges";
import { type Refused, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/refusals";
import { patientOf } from "./acting";
import { type BookingFacts, type OwnHold, readFacts, type Wanted } from "./booking-facts";
import { changeVisit } from "./change-visit";
import { refusalOfConflict } from "./conflict";
import { type BookingRefusal, type Decision, judgeTime, judgeWho, notFound } from "./judge-booking";
import { offerNearest } from "./nearest";
import { exactHold, letGo } from "./own-holds";
import type { BookAppointmentInput } from "./schemas";
import { videoUrl } from "./video-url";
import { type AppointmentView, fullName, iso, mayReadReason } from "./views";
import { Overtaken, withRetries } from "./with-retries";
import { takeTime, type Written } from "./write-visit";

/** What our own code sets, and never a request. `isSilent`: a visit of the past, of which nobody is to be told. */
export type Booking = BookAppointmentInput & { externalId?: string; seriesId?: string; isSilent?: boolean };

type Refusal = BookingRefusal | "patient_busy";

/**
 * Books a visit, or turns the caller's hold of that time into one. Refuses `slot_unavailable` (with `data.reasons`, and `data.nearest`, up
 * to three other times), `patient_busy`, `policy_refused`, `not_found`, `forbidden`, `validation_failed`.
 */
export async function bookAppointment(ctx: Context, input: Booking): Promise<Result<AppointmentView, Refusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  const result = await withRetries(() => withActor(ctx, (tx) => book(tx, ctx, input)).catch(refusalOfConflict));
  return offerNearest(ctx, input, result);
}

/** One booking within a transaction of the caller's. */
export async function book(tx: Tx, ctx: Context, input: Booking): Promise<Result<AppointmentView, Refusal>> {
  const patientId = patientOf(ctx, input.patientId);
  if (!patientId) return invalid("patientId", "say whom the visit is for");
  const wanted: Wanted & { patientId: string } = { ...input, patientId };
  const facts = await readFacts(tx, ctx, wanted);
  if ("missing" in facts) return notFound(facts.missing);
  const who = judgeWho(ctx.actor, facts, wanted);
  if (!who.ok) return who;

  const holds = facts.ownHolds;
  const hold = exactHold(facts, wanted);
  const decision = judgeTime(ctx.actor, facts, hold ? { ...wanted, locationId: hold.locationId } : wanted, {
    now: ctx.now,
    holds,
    overrideReason: input.overrideReason,
    // It was in time when it was held.
    ignore: hold ? ["too_soon"] : [],
  });
  if (!decision.ok) return decision;
  await letGo(
    tx,
    holds.filter((other) => other !== hold),
  );
  const found = { input, wanted, facts, decision };
  return hold ? convertHold(tx, ctx, { ...found, hold }) : insert(tx, ctx, found);
}

type Case = { input: Booking; wanted: Wanted & { patientId: string }; facts: BookingFacts };

async function insert(tx: Tx, ctx: Context, { input, wanted, facts, decision }: Case & { decision: Decision }) {
  const url = await videoUrl(ctx, facts.reference.modality);
  const overrideReason = decision.isOverridden ? (input.overrideReason ?? null) : null;
  const written = await takeTime(
    tx,
    ctx,
    {
      status: "booked",
      serviceId: wanted.serviceId,
      doctorId: wanted.doctorId,
      locationId: decision.place.id,
      patientId: wanted.patientId,
      visit: decision.visit,
      busy: decision.busy,
      reason: input.reason ?? null,
      overrideReason,
      videoUrl: url,
      seriesId: input.seriesId ?? null,
      externalId: ctx.actor.kind === "system" ? (input.externalId ?? null) : null,
      isSilent: ctx.actor.kind === "system" && (input.isSilent ?? false),
    },
    decision.rooms?.map(({ id }) => id) ?? null,
  );
  if (!written.ok) return written;
  return { ok: true, value: viewOf(ctx, { input, wanted, facts, decision, written: written.value, url }) } as const;
}

/** The visit just written, from what was read before: no third round trip. */
function viewOf(
  ctx: Context,
  { input, wanted, facts, decision, written, url }: Case & { decision: Decision; written: Written; url: string | null },
): AppointmentView {
  const patientName = fullName(facts.givenName ?? "", facts.familyName ?? "");
  return {
    id: written.id,
    reference: written.reference,
    status: "booked",
    confirmedAt: null,
    start: iso(decision.visit.start),
    end: iso(decision.visit.end),
    timeZone: decision.place.timeZone,
    service: { id: wanted.serviceId, name: facts.reference.serviceName },
    doctor: { id: wanted.doctorId, name: facts.reference.doctorName },
    location: { id: decision.place.id, name: decision.place.name },
    patient: { id: wanted.patientId, name: patientName },
    reason: mayReadReason(ctx.actor, wanted) ? (input.reason ?? null) : null,
    videoUrl: url,
    holdExpiresAt: null,
    version: 1,
    createdAt: iso(written.createdAt),
  };
}

/** The held row becomes the visit. A patient not named before may be elsewhere then; the constraint tells. */
async function convertHold(
  tx: Tx,
  ctx: Context,
  { input, wanted, facts, decision, hold }: Case & { decision: Decision; hold: OwnHold },
): Promise<{ ok: true; value: AppointmentView } | Refused<Refusal>> {
  const span = range(decision.visit.start, decision.visit.end);
  const [locked] = await tx.pg<{ version: number }[]>`
    select version, release_expired_holds(null, null, ${wanted.patientId}, ${span}, ${ctx.now})
    from appointments where id = ${hold.id} and status = 'held' for no key update`;
  if (!locked) throw new Overtaken("the hold has just ended");
  const value = await changeVisit(
    tx,
    ctx,
    { id: hold.id, version: locked.version },
    {
      status: "booked",
      patient_id: wanted.patientId,
      reason: input.reason ?? null,
      override_reason: decision.isOverridden ? (input.overrideReason ?? null) : null,
      video_url: await videoUrl(ctx, facts.reference.modality),
      hold_expires_at: null,
      requested_at: ctx.now,
      series_id: input.seriesId ?? null,
    },
    {
      type: "appointment.booked",
      topic: "appointment.booked",
      data: { start: iso(wanted.start), doctorId: wanted.doctorId, locationId: hold.locationId },
    },
  );
  return { ok: true, value };
}
