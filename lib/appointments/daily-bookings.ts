import type { Refused, Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { limitRequest, refundRequest, tooMany } from "@/lib/platform/rate-limit";

/**
 * Runs `work`, which books a visit, within what a patient's account may book in a day: nobody fills the calendar to keep others out of it. What was
 * refused does not count, and staff and our own jobs are not counted.
 */
export async function withinDay<R extends Result<unknown>>(
  { actor }: Context,
  work: () => Promise<R>,
): Promise<R | Refused<"rate_limited">> {
  if (actor.kind !== "user" || may(actor, "visit.book_at_will")) return work();
  const limit = await limitRequest("bookings", actor.userId);
  if (!limit.allowed)
    return tooMany(limit, "This account has booked enough for a day. Please call the clinic.", "day_full");
  let isBooked = false;
  try {
    const result = await work();
    isBooked = result.ok;
    return result;
  } finally {
    if (!isBooked) await refundRequest("bookings", actor.userId);
  }
}
