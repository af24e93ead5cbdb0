import type { Tx } from "@/db/client";
import type { BookingFacts, OwnHold, Wanted } from "./booking-facts";

/** The caller's live hold of exactly this time, with which it is theirs already. */
export function exactHold(facts: BookingFacts, wanted: Wanted): OwnHold | undefined {
  const start = wanted.start.getTime() / 1_000;
  const found = facts.ownHolds.filter(
    (hold) =>
      hold.isLive &&
      hold.doctorId === wanted.doctorId &&
      hold.serviceId === wanted.serviceId &&
      hold.visit[0] === start &&
      hold.visit[1] === start + facts.reference.durationMinutes * 60 &&
      (!wanted.locationId || hold.locationId === wanted.locationId) &&
      (hold.patientId === null || hold.patientId === wanted.patientId),
  );
  return found.find(({ id }) => id === wanted.holdId) ?? found[0];
}

/** What people hold for themselves gives way to what they book instead. */
export async function letGo(tx: Tx, holds: readonly OwnHold[]): Promise<void> {
  if (holds.length === 0) return;
  await tx.pg`delete from appointments where id in ${tx.pg(holds.map(({ id }) => id))} and status = 'held'`;
}
