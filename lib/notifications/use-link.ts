import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { type Tx, withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { tokenHash } from "@/lib/platform/crypto";
import { hasConsent } from "@/lib/privacy/has-consent";
import { addConsent } from "@/lib/privacy/set-consent";
import { type AnswerRefusal, answerVisit, Spent } from "./answer-visit";
import type { LinkAct } from "./message-links";

export const linkInput = z.strictObject({ token: z.string().regex(/^[\w-]{22}$/) });

/** `open`: it may be used. `changed`: the visit is not the one any more that the message told of. */
export type LinkState = "open" | "used" | "over" | "changed";

/** What a link's page shows: when and where, and nothing of whom or why. */
export type LinkView = {
  act: LinkAct;
  state: LinkState;
  startsAt: string;
  timeZone: string;
  locationName: string;
  locationPhone: string | null;
};

type Row = Omit<LinkView, "state" | "startsAt"> & {
  id: string;
  appointmentId: string;
  patientId: string;
  userId: string | null;
  startsAt: Date;
  isUsed: boolean;
  isOver: boolean;
  isChanged: boolean;
};

/** What a link of a message would do. It changes nothing: programs that guard mailboxes open every link. */
export async function readLink(ctx: Context, { token }: { token: string }): Promise<Result<LinkView, "not_found">> {
  const link = await withActor(asSystem(ctx, "links"), (tx) => findLink(tx, token, ctx.now));
  return link ? ok(viewOf(link)) : refuse("not_found");
}

/** Does the one thing that the link is for, once. Asking to move the visit leaves word with reception; to be asked no more takes the consent back. */
export async function useLink(ctx: Context, { token }: { token: string }): Promise<Result<LinkView, AnswerRefusal>> {
  const job = asSystem(ctx, "links");
  const link = await withActor(job, (tx) => findLink(tx, token, ctx.now));
  if (!link) return refuse("not_found");
  const view = viewOf(link);
  if (view.state !== "open") return refuse(view.state === "used" ? "conflict" : "invalid_transition");
  const { appointmentId, userId, act } = link;
  const spend = (tx: Tx) => spendLink(tx, link.id, ctx.now);
  const done =
    act === "move" || act === "unsubscribe"
      ? await withActor(job, (tx) => (act === "move" ? askToMove : unsubscribe)(tx, link, ctx.now))
      : await answerVisit(job, { appointmentId, userId, act }, spend);
  return done.ok ? ok({ ...view, state: "used" }) : done;
}

async function spendLink({ pg }: Tx, id: string, now: Date): Promise<void> {
  const { count } =
    await pg`update message_links set used_at = ${now} where id = ${id} and used_at is null and revoked_at is null`;
  if (count === 0) throw new Spent();
}

async function askToMove(tx: Tx, { id, appointmentId }: Row, now: Date): Promise<Result<undefined, "conflict">> {
  const spent =
    await tx.pg`update message_links set used_at = ${now} where id = ${id} and used_at is null and revoked_at is null`;
  if (spent.count === 0) return refuse("conflict");
  await tx.pg`
    insert into inbound_messages (id, channel, provider_message_id, patient_id, appointment_id, meaning, received_at)
    select ${uuidv7()}, 'link', ${id}, patient_id, id, 'move', ${now} from appointments where id = ${appointmentId}`;
  return ok();
}

async function unsubscribe(tx: Tx, { id, patientId, userId }: Row, now: Date): Promise<Result<undefined, "conflict">> {
  const spent =
    await tx.pg`update message_links set used_at = ${now} where id = ${id} and used_at is null and revoked_at is null`;
  if (spent.count === 0) return refuse("conflict");
  if (await hasConsent(tx, patientId, "recalls"))
    await addConsent(tx, { patientId, kind: "recalls", given: false }, { place: "link", byUserId: userId, at: now });
  return ok();
}

async function findLink({ pg }: Tx, token: string, now: Date): Promise<Row | undefined> {
  const [row] = await pg<Row[]>`
    select k.id, k.act, k.appointment_id as "appointmentId", d.patient_id as "patientId", n.user_id as "userId", d.starts_at as "startsAt", d.time_zone as "timeZone",
      d.location_name as "locationName", d.location_phone as "locationPhone", k.used_at is not null as "isUsed",
      k.expires_at <= ${now} as "isOver", k.act <> 'unsubscribe' and (d.status <> 'booked' or exists (select from appointment_events e
        where e.appointment_id = d.id and e.version > n.appointment_version
          and e.type in ('appointment.rescheduled', 'appointment.cancelled'))) as "isChanged"
    from message_links k join notifications n on n.id = k.notification_id join appointment_details d on d.id = k.appointment_id
    where k.token_hash = ${tokenHash(token)} and k.revoked_at is null`;
  return row;
}

const viewOf = ({ act, startsAt, timeZone, locationName, locationPhone, ...row }: Row): LinkView => ({
  ...{ act, startsAt: startsAt.toISOString(), timeZone, locationName, locationPhone },
  state: stateOf(act, row),
});

function stateOf(act: LinkAct, { isUsed, isOver, isChanged }: Pick<Row, "isUsed" | "isOver" | "isChanged">): LinkState {
  // What was cancelled by this very link is what it should be; what was confirmed and then moved is not.
  if (isUsed && (act === "cancel" || !isChanged)) return "used";
  if (isOver) return "over";
  return isChanged ? "changed" : "open";
}
