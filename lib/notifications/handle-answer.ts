import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { patientsByPhone, phoneOf } from "@/lib/patients/patients-by-phone";
import { answerVisit } from "./answer-visit";
import { deliverMessages } from "./deliver-messages";
import { owe } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";

/** What is said back; the step of the reply's row in the ledger. */
type Reply = "confirmed" | "too_late" | "no_visit" | "moved_on" | "stopped" | "started" | "help";

type Inbound = { id: string; meaning: string; patientId: string | null; isDone: boolean | null };
type Asked = { appointmentId: string; userId: string | null };

/** Does what an answer asks for, once, and says so. What nobody but a person can answer stays open in reception's inbox. */
export async function handleAnswer(messenger: Messenger, inboundId: string): Promise<void> {
  const ctx = messengerContext(messenger);
  const inbound = await withActor(ctx, (tx) => readInbound(tx, inboundId));
  if (!inbound?.patientId || inbound.meaning === "text" || inbound.meaning === "move") return;
  const { patientId } = inbound;
  const reply = inbound.isDone === null ? await act(messenger, { ...inbound, patientId }) : null;
  const ids = await withActor(ctx, async (tx) => {
    if (reply) await oweReply(tx, { ...inbound, patientId }, reply, ctx.now);
    const rows = await tx.pg<Array<{ id: string }>>`
      select id from notifications where event_id = ${inboundId} and status = 'pending' and due_at <= ${ctx.now}`;
    return rows.map(({ id }) => id);
  });
  await deliverMessages(messenger, ids);
}

async function act(
  messenger: Messenger,
  { id, meaning, patientId }: Inbound & { patientId: string },
): Promise<Reply | null> {
  if (meaning === "stop") return "stopped";
  if (meaning === "start") return "started";
  if (meaning !== "confirm" && meaning !== "cancel") return "help";
  const ctx = messengerContext(messenger);
  const asked = await withActor(ctx, (tx) => visitAskedAbout(tx, patientId, ctx.now));
  if (!asked) return "no_visit";
  const done = await answerVisit(ctx, { ...asked, act: meaning }, async ({ pg }) => {
    await pg`update inbound_messages set is_done = true, handled_at = ${ctx.now}, appointment_id = ${asked.appointmentId} where id = ${id}`;
  });
  // A visit that is cancelled has a message of its own.
  if (done.ok) return meaning === "confirm" ? "confirmed" : null;
  return done.code === "policy_refused" ? "too_late" : "moved_on";
}

/** The visit that the last short message to this number told of, while it is to come. */
async function visitAskedAbout(tx: Tx, patientId: string, now: Date): Promise<Asked | undefined> {
  const number = await phoneOf(tx, patientId);
  if (!number) return undefined;
  const owners = await patientsByPhone(tx, number.phone);
  const users = owners.flatMap(({ userId }) => (userId ? [userId] : []));
  const [asked] = await tx.pg<Asked[]>`
    select n.appointment_id as "appointmentId", n.user_id as "userId"
    from notifications n join appointments a on a.id = n.appointment_id and a.status = 'booked' and a.starts_at > ${now}
    where n.channel = 'sms' and n.status in ('sent', 'delivered') and (n.user_id = any(${users}::uuid[])
      or (n.user_id is null and n.patient_id = any(${owners.map((owner) => owner.patientId)}::uuid[])))
    order by n.sent_at desc limit 1`;
  return asked;
}

async function readInbound({ pg }: Tx, id: string): Promise<Inbound | undefined> {
  const [row] = await pg<Inbound[]>`
    select id, meaning, patient_id as "patientId", is_done as "isDone" from inbound_messages where id = ${id}`;
  return row;
}

/** What could not be done stays open for reception; all else is settled with its reply. */
async function oweReply(tx: Tx, inbound: Inbound & { patientId: string }, reply: Reply, now: Date): Promise<void> {
  const isDone = !["too_late", "no_visit", "moved_on"].includes(reply);
  await tx.pg`
    update inbound_messages set is_done = ${isDone}, handled_at = ${isDone ? now : null}
    where id = ${inbound.id} and is_done is null`;
  const about = { patientId: inbound.patientId, userId: null, appointmentId: null, appointmentVersion: null };
  const row = { id: uuidv7(), kind: "message.received" as const, step: reply, channel: "sms" as const };
  await owe(tx, [{ ...row, ...about, eventId: inbound.id, dueAt: now }]);
}
