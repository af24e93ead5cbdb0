import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { range } from "@/db/ranges";
import { appointmentEvents, appointments, waitlistEntries, waitlistOffers } from "@/db/schema";
import { OFFER_SECONDS } from "@/lib/domain/waitlist";
import type { SeedClinic } from "./clinic";
import type { SeedPeople } from "./people";
import type { Random } from "./random";
import type { SeedVisit } from "./visits";

type Entry = typeof waitlistEntries.$inferInsert & { id: string };
type Offer = typeof waitlistOffers.$inferInsert;
export type SeedWaitlist = { entries: Entry[]; offers: Offer[]; hold: SeedVisit };

type Plan = { random: Random; clinic: SeedClinic; people: SeedPeople; visits: SeedVisit[]; now: Date };

/** Nothing that a visitor of the demo books first. */
const SERVICE_KEY = "physio";
const WISHES = 9;
const DAY_MS = 86_400_000;

const dateOf = (at: Date) => at.toISOString().slice(0, 10);

/**
 * Who waits, and what was offered: a round that is open, one that somebody has taken, times that were let go or not answered. The open round has the time
 * of a visit that is taken out of `visits`.
 */
export function planWaitlist({ random, clinic, people, visits, now }: Plan): SeedWaitlist {
  const service = clinic.services.find(({ key }) => key === SERVICE_KEY);
  const isTheirs = new Set(people.demoPatientIds);
  const ahead = visits
    .filter(({ serviceId, status, confirmedAt, rescheduleCount, patientId, during }) => {
      const isFresh = status === "booked" && !confirmedAt && rescheduleCount === 0 && !isTheirs.has(patientId);
      return serviceId === service?.id && isFresh && during.start * 1_000 > now.getTime() + 3 * DAY_MS;
    })
    .sort((a, b) => a.during.start - b.during.start);
  const [hold, taken, letGo] = ahead;
  if (!service || !hold || !taken || !letGo) throw new Error("nobody comes to what people wait for");
  visits.splice(visits.indexOf(hold), 1);

  const busy = new Set([...isTheirs, ...[hold, taken, letGo].map(({ patientId }) => patientId)]);
  const waiting = people.patients.filter(({ id, isChild }) => !isChild && !busy.has(id)).slice(0, WISHES);
  const entry = (patientId: string, daysAgo: number, more: Partial<Entry> = {}): Entry => {
    const createdAt = new Date(now.getTime() - daysAgo * DAY_MS);
    return {
      ...{ id: random.uuid(createdAt), patientId, serviceId: service.id, createdAt, updatedAt: createdAt },
      ...{ fromDate: dateOf(createdAt), toDate: dateOf(new Date(now.getTime() + 45 * DAY_MS)), ...more },
    };
  };
  const wishes = waiting.map(({ id }, index) => entry(id, 20 - 2 * index, wishOf(index, now)));
  const had = entry(taken.patientId, 22, { status: "fulfilled", endedAt: new Date(now.getTime() - DAY_MS) });
  const offer = (wish: Entry, visit: SeedVisit, status: NonNullable<Offer["status"]>, hoursAgo: number): Offer => {
    const createdAt = new Date(now.getTime() - hoursAgo * 3_600_000);
    return {
      ...{ id: random.uuid(createdAt), entryId: wish.id, patientId: wish.patientId, doctorId: visit.doctorId, status },
      ...{ locationId: visit.locationId, startsAt: at(visit.during.start), endsAt: at(visit.during.end), createdAt },
      expiresAt: new Date(createdAt.getTime() + OFFER_SECONDS * 1_000),
      answeredAt: status === "open" ? null : new Date(createdAt.getTime() + 40 * 60_000),
      appointmentId: status === "open" ? hold.id : status === "accepted" ? visit.id : null,
    };
  };
  const round = (visit: SeedVisit, hoursAgo: number, statuses: NonNullable<Offer["status"]>[], from: number) =>
    statuses.flatMap((status, index) => {
      const wish = wishes[from + index];
      return wish ? [offer(wish, visit, status, hoursAgo)] : [];
    });
  return {
    entries: [had, ...wishes],
    offers: [
      ...[offer(had, taken, "accepted", 25), ...round(taken, 25, ["taken", "taken"], 0)],
      ...[...round(letGo, 50, ["declined", "expired", "expired"], 0), ...round(hold, 0, ["open", "open", "open"], 2)],
    ],
    hold,
  };
}

const at = (seconds: number) => new Date(seconds * 1_000);

/** Not everybody can come at any time; the last has been taken off the list. */
function wishOf(index: number, now: Date): Partial<Entry> {
  if (index === WISHES - 1) return { status: "left", leaveReason: "unreachable", endedAt: now };
  return { weekdays: index % 3 === 2 ? [1, 3, 5] : [], partsOfDay: index % 2 === 1 ? ["morning"] : [] };
}

type Insert = <T extends PgTable>(tx: Tx, table: T, rows: T["$inferInsert"][]) => Promise<void>;

export async function writeWaitlist(
  tx: Tx,
  insert: Insert,
  { random, now }: Pick<Plan, "random" | "now">,
  { entries, offers, hold }: SeedWaitlist,
): Promise<void> {
  const { id, reference, serviceId, doctorId, locationId, roomId, during, busy } = hold;
  const span = (of: SeedVisit["during"]) => range(at(of.start), at(of.end));
  await insert(tx, appointments, [
    {
      ...{ id, reference, serviceId, doctorId, locationId, roomId, during: span(during), busy: span(busy) },
      ...{ status: "held", requestedAt: now, holdExpiresAt: new Date(now.getTime() + OFFER_SECONDS * 1_000) },
    },
  ]);
  await insert(tx, appointmentEvents, [
    { id: random.uuid(now), appointmentId: id, type: "appointment.held", version: 1, actorKind: "system", at: now },
  ]);
  await insert(tx, waitlistEntries, entries);
  await insert(tx, waitlistOffers, offers);
}
