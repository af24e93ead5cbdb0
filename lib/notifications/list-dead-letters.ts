import { type Tx, withActor } from "@/db/client";
import { isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE, type ListInput } from "@/lib/platform/fields";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import type { DeadLetterFilters, listDeadLettersInput } from "./schemas";
import type { DeadLetterView } from "./views";

type Row = Omit<DeadLetterView, "at"> & { at: Date };

/** What was given up and waits for somebody, the newest first. Events are the clinic's to see; doctors see messages of their own visits. */
export async function listDeadLetters(
  ctx: Context,
  input: ListInput<typeof listDeadLettersInput>,
): Promise<Result<Page<DeadLetterView>, "forbidden" | "validation_failed">> {
  if (!mayAtAll(ctx.actor, "message.follow")) return refuse("forbidden");
  const [after] = input.cursor === undefined ? [null] : (decodeCursor(input.cursor) ?? []);
  if (after !== null && !isUuid(after)) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const rows = await withActor(
    ctx,
    (tx) => tx.pg<Row[]>`select * from (${deadLetters(tx, ctx, input)}) letters
      where ${after}::uuid is null or id < ${after}::uuid order by id desc limit ${limit + 1}`,
  );
  const { items, nextCursor } = page([...rows], limit, (row) => [row.id]);
  return ok({ items: items.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor });
}

/** A query of all dead letters that the caller may follow and that fit the filters. */
export function deadLetters({ pg }: Tx, ctx: Context, { source, kind, channel, errorClass }: DeadLetterFilters) {
  const seesEvents = may(ctx.actor, "message.events");
  const doctorId = ctx.actor.kind === "user" ? ctx.actor.doctorId : null;
  return pg`
    select n.id, 'message' as source, n.kind, n.channel, n.appointment_id as "appointmentId", n.attempts, n.error_class as "errorClass",
      n.updated_at as at
    from notifications n
    where n.status = 'dead' and ${source ?? "message"} = 'message' and (${kind ?? null}::text is null or n.kind = ${kind ?? null})
      and (${channel ?? null}::text is null or n.channel = ${channel ?? null})
      and (${errorClass ?? null}::text is null or n.error_class = ${errorClass ?? null})
      and (${seesEvents} or n.appointment_id in (select id from appointments where doctor_id = ${doctorId}::uuid))
    union all
    select o.id, 'event', o.topic, null, case when o.payload ->> 'appointmentId' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (o.payload ->> 'appointmentId')::uuid end,
      o.attempts, o.last_error, o.dead_at
    from outbox o
    where o.dead_at is not null and ${source ?? "event"} = 'event' and ${seesEvents} and ${channel ?? null}::text is null
      and (${kind ?? null}::text is null or o.topic = ${kind ?? null}) and (${errorClass ?? null}::text is null or o.last_error = ${errorClass ?? null})`;
}
