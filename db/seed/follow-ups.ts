import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { consents, nextVisits, recalls, services } from "@/db/schema";
import { CONSENT_TEXTS } from "@/lib/privacy/consent-texts";
import type { SeedClinic } from "./clinic";
import type { SeedPeople } from "./people";
import type { Random } from "./random";
import type { SeedVisit } from "./visits";

const WEEK_MS = 7 * 86_400_000;
/** So many of the demo doctor's latest patients should come again. */
const NEXT_VISITS = 12;
/** So few have agreed to be asked that the demo's mailbox stays readable. */
const AGREED = 10;

type Seed = { random: Random; clinic: SeedClinic; people: SeedPeople; visits: SeedVisit[]; now: Date };

/** Services with a rule for the next visit, patients whose doctors want to see them again, and recall lists of which some patients have agreed to hear. */
export async function writeFollowUps(tx: Tx, seed: Seed): Promise<void> {
  const { random, clinic, now } = seed;
  const service = (key: string) => {
    const found = clinic.services.find((one) => one.key === key);
    if (!found) throw new Error(`the demo has no service ${key}`);
    return found.id;
  };
  const rule = async (key: string, nextVisitWeeks: number, next: string | null) =>
    tx.db
      .update(services)
      .set({ nextVisitWeeks, nextVisitServiceId: next && service(next) })
      .where(eq(services.id, service(key)));
  await rule("procedure", 2, "follow-up");
  await rule("child-check", 26, null);
  await tx.db.insert(nextVisits).values(wishes(seed, service("follow-up")));
  const list = (name: string, key: string, months: number) => ({
    ...{ id: random.uuid(now), name, serviceId: service(key), months },
  });
  await tx.db
    .insert(recalls)
    .values([
      list("Not seen for a month", "consultation", 1),
      list("Yearly check-up", "consultation", 12),
      { ...list("Child health check", "child-check", 1), countsAnyVisit: false, maxAge: 12 },
    ]);
  await tx.db.insert(consents).values(agreements(seed));
}

const wasSeen = ({ status }: SeedVisit) => status === "fulfilled";

/** Some weeks from now, whenever the visit was: nobody is written to about a day that is past. */
function wishes({ random, clinic, people, visits, now }: Seed, serviceId: string): (typeof nextVisits.$inferInsert)[] {
  const past = visits.filter(wasSeen).sort((a, b) => b.during.start - a.during.start);
  const ahead = visits.filter(({ status, during }) => status === "booked" && during.start * 1_000 > now.getTime());
  const isFree = (visit: SeedVisit) =>
    !ahead.some(
      (one) => one.patientId === visit.patientId && (one.doctorId === visit.doctorId || one.serviceId === serviceId),
    );
  const own = people.demoPatientIds.flatMap(
    (patientId) => past.find((visit) => visit.patientId === patientId && isFree(visit)) ?? [],
  );
  const doctors = past.filter(
    ({ doctorId, patientId }) => doctorId === clinic.demoDoctorId && !people.demoPatientIds.includes(patientId),
  );
  return [...own, ...doctors.slice(0, NEXT_VISITS)].map((visit) => {
    const since = Math.ceil((now.getTime() - visit.during.start * 1_000) / WEEK_MS);
    const weeks = since + random.int(3, 12);
    const wishedOn = new Date(visit.during.start * 1_000 + weeks * WEEK_MS).toISOString().slice(0, 10);
    return {
      ...{ id: random.uuid(now), appointmentId: visit.id, patientId: visit.patientId, serviceId, weeks, wishedOn },
      setByUserId: clinic.doctors.find(({ id }) => id === visit.doctorId)?.userId ?? null,
    };
  });
}

function agreements({ random, people, now }: Seed): (typeof consents.$inferInsert)[] {
  const others = people.patients.filter(({ id, isChild }) => !isChild && !people.demoPatientIds.includes(id));
  return others.slice(0, AGREED).map(({ id: patientId }) => ({
    ...{
      id: random.uuid(now),
      patientId,
      kind: "recalls",
      decision: "given",
      at: now,
      byUserId: null,
      place: "clinic",
    },
    textVersion: CONSENT_TEXTS.recalls.version,
  }));
}
