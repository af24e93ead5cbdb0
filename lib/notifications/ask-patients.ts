import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { clinicSettings } from "@/lib/clinic/settings";
import { dueNextVisits, settleNextVisit } from "@/lib/next-visits/due";
import { systemContext } from "@/lib/platform/context";
import { dueRecalls, settleRecall } from "@/lib/recalls/due";
import { nextVisitStep, recallStep } from "./asking-facts";
import { type MessageKind, owe } from "./ledger";
import type { Messenger } from "./messenger";
import { type Recipient, recipientsOf } from "./recipients";
import { toldVersion } from "./told-version";

/** So many wishes are looked at in one transaction. */
export const BATCH = 50;

/** Owes those a message whose time to book their next visit has come; gives how many were looked at. */
export async function askNextVisits({ db, clock }: Pick<Messenger, "db" | "clock">): Promise<number> {
  const ctx = systemContext(db, "next-visits", clock());
  const { nextVisitLeadDays } = await clinicSettings(db);
  return withActor(ctx, async (tx) => {
    const due = await dueNextVisits(tx, ctx.now, nextVisitLeadDays, BATCH);
    for (const wish of due) {
      const ask = () => oweAsking(tx, wish, "appointment.next_visit_due", nextVisitStep(wish.weeks), ctx.now);
      const outcome = wish.isBooked ? "booked" : wish.wasSeen ? await ask() : "not_attended";
      await settleNextVisit(tx, wish.id, outcome, ctx.now);
    }
    return due.length;
  });
}

/**
 * Owes patients on recall lists a message, at most so many a minute over all workers, so that reminders never wait behind a long list. Gives how
 * many were looked at.
 */
export async function askRecalls({ db, clock }: Pick<Messenger, "db" | "clock">): Promise<number> {
  const ctx = systemContext(db, "recalls", clock());
  return withActor(ctx, async (tx) => {
    const due = await dueRecalls(tx, ctx.now);
    const asked = new Set<string>();
    for (const one of due) {
      const isWanted = one.isWanted && !asked.has(one.patientId);
      if (one.waitUntil || !isWanted) await settleRecall(tx, one, { askFrom: isWanted ? one.waitUntil : null });
      else {
        asked.add(one.patientId);
        const visit = { appointmentId: one.lastVisitId, patientId: one.patientId };
        await oweAsking(tx, visit, "appointment.recall_due", recallStep(one.recallId, one.askedCount + 1), ctx.now);
        await settleRecall(tx, one, { askFrom: null, askedAt: ctx.now });
      }
    }
    return due.length;
  });
}

type Visit = { appointmentId: string; patientId: string };

/** One message for each person whom it goes to: it is not urgent, so a mail is enough where there is an address. */
async function oweAsking(
  tx: Tx,
  { appointmentId, patientId }: Visit,
  kind: MessageKind,
  step: string,
  now: Date,
): Promise<"asked" | "unreachable"> {
  const [visit] = await tx.pg<{ version: number }[]>`
    select ${toldVersion(tx.pg)} as version from appointments v where v.id = ${appointmentId}`;
  const version = visit?.version ?? 1;
  const recipients = oneWayEach(await recipientsOf(tx, { appointmentId, version }, patientId, now));
  await owe(
    tx,
    recipients.map(({ userId, channel }) => ({
      ...{ id: uuidv7(), kind, step, channel, appointmentId, appointmentVersion: version },
      ...{ patientId, userId, eventId: null, dueAt: now },
    })),
  );
  return recipients.length > 0 ? "asked" : "unreachable";
}

function oneWayEach(recipients: readonly Recipient[]): Recipient[] {
  const byPerson = new Map<string | null, Recipient>();
  for (const one of recipients) if (one.channel === "email" || !byPerson.has(one.userId)) byPerson.set(one.userId, one);
  return [...byPerson.values()];
}
