import { withActor } from "@/db/client";
import { isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { may } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import type { KeyRow } from "@/lib/protection/keyring";
import { openInbound } from "./inbound-content";

/** What a patient wrote or asked for, open until somebody has seen to it. */
export type InboxView = {
  id: string;
  channel: "sms" | "link";
  meaning: "confirm" | "cancel" | "move" | "stop" | "start" | "help" | "text";
  patient: { id: string; name: string } | null;
  appointmentId: string | null;
  /** null where there are no words, or their key is gone. */
  body: string | null;
  sender: string | null;
  receivedAt: string;
};

type Row = Omit<InboxView, "receivedAt" | "patient"> &
  Partial<KeyRow> & {
    receivedAt: Date;
    patientId: string | null;
    patientName: string | null;
    contentSealed: Buffer | null;
    strangerKekId: string | null;
  };

const PAGE = 50;

/** What waits for reception, the oldest first. */
export async function listInbox(
  ctx: Context,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<Result<Page<InboxView>, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "inbox.keep")) return refuse("forbidden");
  const [after] = cursor === undefined ? [null] : (decodeCursor(cursor) ?? []);
  if (after !== null && !isUuid(after)) return badCursor();
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<Row[]>`
      select m.id, m.channel, m.meaning, m.appointment_id as "appointmentId", m.sender, m.body, m.received_at as "receivedAt",
        m.content_sealed as "contentSealed", m.kek_id as "strangerKekId", m.key_id as "keyId", k.kek_id as "kekId", k.wrapped, p.id as "patientId",
        p.given_name || ' ' || p.family_name as "patientName"
      from inbound_messages m left join patients p on p.id = m.patient_id left join data_keys k on k.id = m.key_id
      where m.handled_at is null and (${after}::uuid is null or m.id > ${after}::uuid) and m.meaning <> 'help'
      order by m.id limit ${PAGE + 1}`,
  );
  const { items, nextCursor } = page([...rows], PAGE, (row) => [row.id]);
  return ok({ items: await Promise.all(items.map(viewOf)), nextCursor });
}

/** Somebody has seen to it. */
export async function settleInbox(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "inbox.keep")) return refuse("forbidden");
  const by = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  return withActor(ctx, async ({ pg }) => {
    const { count } = await pg`
      update inbound_messages set handled_at = ${ctx.now}, handled_by_user_id = ${by} where id = ${id} and handled_at is null`;
    return count > 0 ? ok() : refuse("not_found");
  });
}

async function viewOf(row: Row): Promise<InboxView> {
  const { id, channel, meaning, appointmentId, receivedAt, patientId, patientName } = row;
  const { sender, body } = await openInbound(row);
  const patient = patientId ? { id: patientId, name: patientName ?? "" } : null;
  return { id, channel, meaning, appointmentId, patient, sender, body, receivedAt: receivedAt.toISOString() };
}
