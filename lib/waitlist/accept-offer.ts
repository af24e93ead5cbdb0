import { type Tx, withActor } from "@/db/client";
import { book } from "@/lib/appointments/book-appointment";
import { refusalOfConflict } from "@/lib/appointments/conflict";
import { offerNearest } from "@/lib/appointments/nearest";
import { readVisitView } from "@/lib/appointments/read-visit";
import { moveIn } from "@/lib/appointments/reschedule-appointment";
import type { AppointmentView } from "@/lib/appointments/views";
import { withRetries } from "@/lib/appointments/with-retries";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { answerOffer, type LockedOffer, offerToAnswer } from "./answer-offer";
import type { WaitlistIdInput } from "./schemas";

type Accepted = Awaited<ReturnType<typeof book>> | Awaited<ReturnType<typeof moveIn>>;
type Refusal = Extract<Accepted, { ok: false }>["code"];

/**
 * Turns an offer into a visit, by the verbs by which everybody books and moves: a wish for an earlier time moves its visit, whose old time is
 * free with the same commit. The first of a round has it; once accepted it gives the same visit again. Who comes too late gets `slot_unavailable` with `data.nearest`.
 */
export async function acceptOffer(ctx: Context, { id }: WaitlistIdInput): Promise<Result<AppointmentView, Refusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  let offered: LockedOffer | undefined;
  const accepted: Result<AppointmentView, Refusal> = await withRetries(() =>
    withActor(ctx, async (tx) => {
      const found = await offerToAnswer(tx, ctx, id);
      if (!found.ok) return found;
      offered = found.value;
      return accept(tx, ctx, offered);
    }).catch(refusalOfConflict),
  );
  if (!offered) return accepted;
  return offerNearest(ctx, { ...offered, start: offered.startsAt }, accepted);
}

async function accept(tx: Tx, ctx: Context, offer: LockedOffer): Promise<Accepted> {
  const { id, entryId, status, appointmentId, earlierThanId, serviceId, doctorId, locationId, patientId } = offer;
  if (status === "accepted" && appointmentId) return { ok: true, value: await readVisitView(tx, ctx, appointmentId) };
  if (status !== "open" || offer.expiresAt <= ctx.now)
    return refuse("slot_unavailable", { detail: "This offer is over.", data: { reasons: [] } });

  await answerOffer(tx, ctx, offer, "accepted");
  const start = offer.startsAt;
  const visit = earlierThanId
    ? await moveIn(tx, ctx, { id: earlierThanId, start, doctorId })
    : await book(tx, ctx, { serviceId, doctorId, locationId, start, patientId, isOffered: true });
  if (!visit.ok) return visit;
  await tx.pg`
    update waitlist_offers set appointment_id = ${visit.value.id} where id = ${id}`;
  await tx.pg`
    update waitlist_entries set status = 'fulfilled', ended_at = ${ctx.now}, updated_at = ${ctx.now}, version = version + 1 where id = ${entryId}`;
  return visit;
}
