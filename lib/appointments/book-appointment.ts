import { type On, type Tx, withActor, withoutTransaction } from "@/db/client";
import { range } from "@/db/ranges";
import { type Refused, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { patientOf } from "./acting";
import { type BookingFacts, type OwnHold, readFacts, type Wanted } from "./booking-facts";
import { changeVisit } from "./change-visit";
import { refusalOfConflict } from "./conflict";
import { withinDay } from "./daily-bookings";
import { type BookingRefusal, type Decision, judgeTime, judgeWho, notFound } from "./judge-booking";
import { exactHold, letGo } from "./own-holds";
import type { BookAppointmentInput } from "./schemas";
import { videoUrl } from "./video-url";
import { type AppointmentView, fullName, iso } from "./views";
import { Overtaken, withRetries } from "./with-retries";
import { takeTime, type VisitDraft, type Written } from "./write-visit";

/**
 * What our own code sets, and never a request. `isSilent`: a visit of the past, of which nobody is to be told. `isOffered`: the clinic has
 * offered it, so a patient may take it though only the clinic books the service.
 */
export type Booking = BookAppointmentInput & {
  externalId?: string;
  seriesId?: string;
  isSilent?: boolean;
  isOffered?: boolean;
};

type Refusal = BookingRefusal | "patient_busy";

/**
 * Books a visit, or turns the caller's hold of that time into one. Refuses `slot_unavailable` (with `data.reasons`),
 * `patient_busy`, `policy_refused`, `rate_limited`, `not_found`, `forbidden`, `validation_failed`.
 */
export async function bookAppointment(
  ctx: Context,
  input: Booking,
): Promise<Result<AppointmentView, Refusal | "rate_limited">> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  return withinDay(ctx, () => bookOnce(ctx, input));
}

const bookOnce = (ctx: Context, input: Booking): Promise<Booked> =>
  withRetries(async () => {
    // What is to be kept with the booking needs a transaction around both, and so do holds that give way to it.
    const quick = ctx.beforeCommit
      ? null
      : await withoutTransaction(ctx, (on) => bookAlone(on, ctx, input)).catch(refusalOfConflict);
    return quick ?? withActor(ctx, (tx) => book(tx, ctx, input)).catch(refusalOfConflict);
  });

type Booked = Result<AppointmentView, Refusal>;

/** The usual case, in which one statement writes all there is to write; null where there is more. */
async function bookAlone(on: On, ctx: Context, input: Booking): Promise<Booked | null> {
  const judged = await judge(on, ctx, input);
  if (!judged.ok) return judged;
  return judged.facts.ownHolds.length > 0 ? null : take(on, ctx, judged);
}

/** One booking within a transaction of the caller's. */
export async function book(tx: Tx, ctx: Context, input: Booking): Promise<Booked> {
  const judged = await judge(tx, ctx, input);
  if (!judged.ok) return judged;
  const { hold, facts } = judged;
  await letGo(
    tx,
    facts.ownHolds.filter((other) => other !== hold),
  );
  return hold ? convertHold(tx, ctx, judged, hold) : take(tx, ctx, judged);
}

type Case = {
  ok: true;
  input: Booking;
  wanted: Wanted & { patientId: string };
  facts: BookingFacts;
  decision: Decision;
  hold: OwnHold | undefined;
};

/** Who may, whether the time is free by what can be read, and where it would be. */
async function judge(on: On, ctx: Context, input: Booking): Promise<Case | Refused<Refusal>> {
  const patientId = patientOf(ctx, input.patientId);
  if (!patientId) return invalid("patientId", "say whom the visit is for");
  const wanted = { ...input, patientId };
  const facts = await readFacts(on, ctx, wanted);
  if ("missing" in facts) return notFound(facts.missing);
  const who = judgeWho(ctx.actor, facts, wanted);
  if (!who.ok) return who;

  const hold = exactHold(facts, wanted);
  if (input.holdId && hold?.id !== input.holdId)
    return facts.namedHold ? invalid("holdId", "holds something else") : notFound("holdId");
  const decision = judgeTime(ctx.actor, facts, hold ? { ...wanted, locationId: hold.locationId } : wanted, {
    now: ctx.now,
    holds: facts.ownHolds,
    overrideReason: input.overrideReason,
    // It was in time when it was held.
    ignore: hold ? ["too_soon"] : [],
  });
  return decision.ok ? { ok: true, input, wanted, facts, decision, hold } : decision;
}

async function take(on: On, ctx: Context, judged: Case): Promise<Booked> {
  const draft = await draftOf(ctx, judged);
  const written = await takeTime(on, ctx, draft, judged.decision.rooms?.map(({ id }) => id) ?? null);
  return written.ok ? { ok: true, value: viewOf(ctx, judged, written.value, draft.videoUrl) } : written;
}

async function draftOf(ctx: Context, { input, wanted, facts, decision }: Case): Promise<VisitDraft> {
  const isSystem = ctx.actor.kind === "system";
  return {
    status: "booked",
    serviceId: wanted.serviceId,
    doctorId: wanted.doctorId,
    locationId: decision.place.id,
    patientId: wanted.patientId,
    visit: decision.visit,
    busy: decision.busy,
    reason: input.reason ?? null,
    overrideReason: decision.isOverridden ? (input.overrideReason ?? null) : null,
    videoUrl: await videoUrl(ctx, facts.reference.modality),
    seriesId: input.seriesId ?? null,
    externalId: isSystem ? (input.externalId ?? null) : null,
    isSilent: isSystem && (input.isSilent ?? false),
  };
}

/** The visit just written, from what was read before: no third round trip. */
function viewOf(
  ctx: Context,
  { input, wanted, facts, decision }: Case,
  written: Written,
  url: string | null | undefined,
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
    reason: may(ctx.actor, "visit.reason", wanted) ? (input.reason ?? null) : null,
    videoUrl: url ?? null,
    holdExpiresAt: null,
    version: 1,
    createdAt: iso(written.createdAt),
  };
}

/** The held row becomes the visit. A patient not named before may be elsewhere then; the constraint tells. */
async function convertHold(
  tx: Tx,
  ctx: Context,
  { input, wanted, facts, decision }: Case,
  hold: OwnHold,
): Promise<Booked> {
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
