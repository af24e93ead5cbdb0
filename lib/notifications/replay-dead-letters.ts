import { type Tx, withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { deadLetters } from "./list-dead-letters";
import type { DeadLetterFilters } from "./schemas";

type Ids = readonly string[];

/**
 * Sends one message once more that was given up or that its provider refused, or repeats an event that nobody could handle. What would be
 * untrue by now is withdrawn when its turn comes; one that is on its way or has arrived is `invalid_transition`.
 */
export async function replayNotification(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<{ replayed: number }, "forbidden" | "not_found" | "invalid_transition">> {
  if (!mayAtAll(ctx.actor, "message.follow")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    if ((await repeatMessages(tx, [id], ctx)) > 0) return ok({ replayed: 1 });
    if (may(ctx.actor, "message.events") && (await repeatEvents(tx, [id])) > 0) return ok({ replayed: 1 });
    const [known] = await tx.pg<Array<{ status: string }>>`
      select status from notifications where id = ${id} and ${followed(tx, ctx)}`;
    if (!known) return refuse("not_found");
    return refuse("invalid_transition", { detail: `A message that is ${known.status} is not sent again.` });
  });
}

/** All dead letters that fit, at most a thousand at a time; gives how many. */
export async function replayDeadLetters(
  ctx: Context,
  filters: DeadLetterFilters,
): Promise<Result<{ replayed: number }, "forbidden">> {
  if (!mayAtAll(ctx.actor, "message.follow")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const found = await tx.pg<Array<{ id: string; source: string }>>`
      select id, source from (${deadLetters(tx, ctx, filters)}) letters order by id limit 1000`;
    const of = (source: string) => found.filter((letter) => letter.source === source).map((letter) => letter.id);
    const messages = await repeatMessages(tx, of("message"), ctx);
    return ok({ replayed: messages + (await repeatEvents(tx, of("event"))) });
  });
}

async function repeatMessages(tx: Tx, ids: Ids, ctx: Context): Promise<number> {
  const { count } = await tx.pg`
    update notifications set status = 'pending', due_at = ${ctx.now}, attempts = 0, updated_at = ${ctx.now}
    where id = any(${ids as string[]}::uuid[]) and status in ('dead', 'failed') and ${followed(tx, ctx)}`;
  return count;
}

async function repeatEvents({ pg }: Tx, ids: Ids): Promise<number> {
  if (ids.length === 0) return 0;
  const [row] = await pg<
    Array<{ repeated: number }>
  >`select replay_dead_events(${ids as string[]}::uuid[]) as repeated`;
  return row?.repeated ?? 0;
}

/** The clinic follows all messages, a doctor those of their own visits. */
function followed({ pg }: Tx, { actor }: Context) {
  if (may(actor, "message.follow")) return pg`true`;
  const doctorId = actor.kind === "user" ? actor.doctorId : null;
  return pg`appointment_id in (select a.id from appointments a where a.doctor_id = ${doctorId}::uuid)`;
}
