import type { Tx } from "@/db/client";
import type { Topic } from "@/lib/platform/outbox";
import type { SendOutcome } from "./providers/provider";
import type { TEXT_TRIAL } from "./texts/text-kinds";

/** What a message is about: the topic of the event that asked for it, or what its time has come for. */
export type MessageKind =
  | Exclude<
      Topic,
      "appointment.confirmed" | "appointment.status_changed" | "account.preferences_changed" | "time.freed"
    >
  | "appointment.reminder"
  | "appointment.follow_up"
  | "appointment.next_visit_due"
  | "appointment.recall_due"
  | typeof TEXT_TRIAL;
export type Channel = "email" | "sms";

/** A message that this process, and no other, is to send now. */
export type Claim = {
  id: string;
  kind: MessageKind;
  /** `now`; of a reminder `before_1440`, of a follow-up `after_60`: minutes; of what asks to come again see `asking-facts.ts`. */
  step: string;
  channel: Channel;
  appointmentId: string | null;
  appointmentVersion: number | null;
  patientId: string | null;
  /** The account it goes to: a proxy, or whose own matter it is; null for a patient without one. */
  userId: string | null;
  /** Which try this is; also the fence against one who takes over after the lease. */
  attempts: number;
};

export type Owed = Omit<Claim, "id" | "attempts"> & { id: string; eventId: string | null; dueAt: Date };

/** Tries at the most, over about nine hours; then the message is dead and waits for staff. */
export const MAX_SEND_ATTEMPTS = 10;
const SEND_BACKOFF_MS = [5_000, 15_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000];

/** How soon a message that waits for our own settings to be mended looks again. */
const HOLD_MS = 300_000;

/** Why a reminder was taken back whose reader has changed their wishes: it may be planned once more. */
export const REPLANNED = "replanned";

/** Why a message waits whose provider takes no more just now. */
const PACE = "pace";

const backoffMs = (attempts: number) => SEND_BACKOFF_MS[Math.min(attempts, SEND_BACKOFF_MS.length) - 1] ?? 5_000;

/** Writes what is owed; a row that is there already stays as it is, but for one that was taken back to be planned anew. */
export async function owe({ pg }: Tx, rows: Owed[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, step: row.step, channel: row.channel, due_at: row.dueAt },
    ...{ appointment_id: row.appointmentId, appointment_version: row.appointmentVersion },
    ...{ patient_id: row.patientId, user_id: row.userId, event_id: row.eventId },
  }));
  await pg`
    insert into notifications ${pg(columns)} on conflict on constraint notifications_once
    do update set status = 'pending', due_at = excluded.due_at, error_class = null, updated_at = now()
    where notifications.status = 'withdrawn' and notifications.error_class = ${REPLANNED}`;
}

/** Takes those of these messages that are due, or that a dead worker was sending. */
export async function claim({ pg }: Tx, ids: readonly string[], now: Date, leaseMs: number): Promise<Claim[]> {
  return pg<Claim[]>`
    update notifications set status = 'sending', claimed_at = ${now}, attempts = attempts + 1, updated_at = ${now}
    where id in (select id from notifications where id = any(${ids as string[]}::uuid[])
      and ((status in ('pending', 'queued') and due_at <= ${now})
        or (status = 'sending' and claimed_at <= ${new Date(now.getTime() - leaseMs)})) order by id for update)
    returning id, kind, step, channel, appointment_id as "appointmentId", appointment_version as "appointmentVersion",
      patient_id as "patientId", user_id as "userId", attempts`;
}

/**
 * Marks messages whose time has come as handed to the broker, and gives their ids: those due longest first, then those that a broker or a
 * dead worker has lost. Undefined while more than half of `most` are on their way: a queue never fills with a long backlog, and is not filled drop
 * by drop.
 */
export async function takeDue({ pg }: Tx, now: Date, leaseMs: number, most: number): Promise<string[] | undefined> {
  const [waiting] = await pg<Array<{ count: number }>>`
    select count(*)::int from (select from notifications where status = 'queued' limit ${most}) queued`;
  const room = most - (waiting?.count ?? 0);
  if (room < most / 2) return undefined;
  const due = await pg<Array<{ id: string }>>`
    update notifications set status = 'queued', claimed_at = ${now} where id in (
      select id from notifications where status = 'pending' and due_at <= ${now} order by due_at, id limit ${room} for update skip locked)
    returning id`;
  const lost = await pg<Array<{ id: string }>>`
    update notifications set status = 'queued', claimed_at = ${now} where id in (
      select id from notifications where status in ('queued', 'sending') and claimed_at <= ${new Date(now.getTime() - leaseMs)}
      order by claimed_at limit ${most} for update skip locked)
    returning id`;
  return [...due, ...lost].map((row) => row.id);
}

/**
 * Which of these claims still stand: one that ran out may be another's by now. Of those that stand the time of what was claimed before
 * `renewBefore` starts anew, so that it outlasts the sending.
 */
export async function standing(
  { pg }: Tx,
  claims: readonly Claim[],
  now: Date,
  renewBefore: Date,
): Promise<Set<string>> {
  const [ids, attempts] = [claims.map(({ id }) => id), claims.map((claim) => String(claim.attempts))];
  const rows = await pg<Array<{ id: string; isOld: boolean }>>`
    select n.id, n.claimed_at < ${renewBefore} as "isOld" from notifications n
    join unnest(${ids}::uuid[], ${attempts}::text[]::int[]) as c (id, attempts) on c.id = n.id and c.attempts = n.attempts
    where n.status = 'sending'`;
  const stands = new Set(rows.map(({ id }) => id));
  const old = rows.flatMap(({ id, isOld }) => (isOld ? [id] : []));
  if (old.length === 0) return stands;
  const renewed = await pg<Array<{ id: string }>>`
    update notifications n set claimed_at = ${now} from unnest(${ids}::uuid[], ${attempts}::text[]::int[]) as c (id, attempts)
    where n.id = any(${old}::uuid[]) and n.id = c.id and n.status = 'sending' and n.attempts = c.attempts returning n.id`;
  for (const id of old) if (!renewed.some((row) => row.id === id)) stands.delete(id);
  return stands;
}

/** Messages that `claim` would give, the longest due first. */
export async function dueIds({ pg }: Tx, now: Date, leaseMs: number, limit: number): Promise<string[]> {
  const rows = await pg<Array<{ id: string }>>`
    (select id, due_at from notifications where status = 'pending' and due_at <= ${now} order by due_at, id limit ${limit})
    union all
    (select id, due_at from notifications
      where status in ('queued', 'sending') and claimed_at <= ${new Date(now.getTime() - leaseMs)} order by claimed_at limit ${limit})
    order by due_at, id limit ${limit}`;
  return rows.map((row) => row.id);
}

/** A message that has to wait, though for no fault: it is as if it had not been tried. */
export async function postpone({ pg }: Tx, { id, attempts }: Claim, dueAt: Date, now: Date, why: string | null = null) {
  await pg`
    update notifications set status = 'pending', due_at = ${dueAt}, attempts = attempts - 1, error_class = ${why}, updated_at = ${now}
    where id = ${id} and status = 'sending' and attempts = ${attempts}`;
}

/** Messages that have waited since a try failed or their turn did not come, by channel and by why. */
export async function heldMessages({ pg }: Tx): Promise<Array<{ channel: Channel; why: string; count: number }>> {
  return pg`
    select channel, error_class as why, count(*)::int as count from notifications
    where status = 'pending' and error_class is not null group by channel, error_class`;
}

/** A message that would be untrue or unwanted by now. */
export async function withdraw({ pg }: Tx, { id, attempts }: Claim, why: string, now: Date): Promise<void> {
  await pg`
    update notifications set status = 'withdrawn', error_class = ${why}, updated_at = ${now}
    where id = ${id} and status = 'sending' and attempts = ${attempts}`;
}

/** How a message ended that was claimed; `wait`: it has not been tried, as its turn did not come. `lookedAt`: when its visit was last looked at. */
export type Try = { claim: Claim; outcome: SendOutcome | "wait"; lookedAt?: Date };

/** Writes down how tries ended. One who lost the claim in the meantime changes nothing. */
export async function settle(tx: Tx, tries: readonly Try[], now: Date): Promise<void> {
  const sent = tries.flatMap(({ claim, outcome, lookedAt = now }) =>
    outcome !== "wait" && outcome.ok ? [{ ...claim, ...outcome, lookedAt: lookedAt.toISOString() }] : [],
  );
  if (sent.length > 0)
    await tx.pg`
      update notifications n set status = 'sent', sent_at = ${now}, error_class = null, provider_message_id = nullif(t.provider_id, ''),
        claimed_at = t.looked_at, updated_at = ${now}
      from unnest(${sent.map(({ id }) => id)}::uuid[], ${sent.map(({ attempts }) => String(attempts))}::text[]::int[],
        ${sent.map(({ providerMessageId }) => providerMessageId ?? "")}::text[], ${sent.map(({ lookedAt }) => lookedAt)}::text[]::timestamptz[])
        as t (id, attempts, provider_id, looked_at)
      where n.id = t.id and n.status = 'sending' and n.attempts = t.attempts`;
  for (const { claim, outcome } of tries) {
    if (outcome === "wait") await postpone(tx, claim, now, now, PACE);
    else if (!outcome.ok) await settleFailure(tx, claim, outcome, now);
  }
}

async function settleFailure(
  { pg }: Tx,
  { id, attempts }: Claim,
  { next, errorClass }: Extract<SendOutcome, { ok: false }>,
  now: Date,
): Promise<void> {
  if (next === "hold") {
    await pg`
      update notifications set status = 'pending', error_class = ${errorClass}, updated_at = ${now}, attempts = attempts - 1,
        due_at = ${new Date(now.getTime() + HOLD_MS)}
      where id = ${id} and status = 'sending' and attempts = ${attempts}`;
    return;
  }
  const isLast = attempts >= MAX_SEND_ATTEMPTS;
  const status = next !== "retry" ? "failed" : isLast ? "dead" : "pending";
  await pg`
    update notifications set status = ${status}, error_class = ${errorClass}, updated_at = ${now},
      due_at = ${new Date(now.getTime() + backoffMs(attempts))}
    where id = ${id} and status = 'sending' and attempts = ${attempts}`;
}
