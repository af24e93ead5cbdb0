import { withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type AppointmentEventView, iso } from "./views";
import { visible } from "./visible";

/** What happened to a visit, oldest first. */
export async function appointmentHistory(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<{ items: AppointmentEventView[]; nextCursor: null }, "unauthenticated" | "not_found">> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  return withActor(ctx, async ({ pg }) => {
    const [found, events] = await Promise.all([
      pg`select 1 from appointment_details v where v.id = ${id} and ${visible(pg, ctx)}`,
      pg<EventRow[]>`select id, type, at, version, actor_kind, actor_user_id, data from appointment_events
        where appointment_id = ${id} order by version, id`,
    ]);
    if (found.length === 0) return refuse("not_found");
    return { ok: true as const, value: { items: events.map(eventView), nextCursor: null } };
  });
}

type EventRow = {
  id: string;
  type: string;
  at: Date;
  version: number;
  actor_kind: "user" | "system";
  actor_user_id: string | null;
  data: Record<string, unknown>;
};

const eventView = (row: EventRow): AppointmentEventView => ({
  id: row.id,
  type: row.type,
  at: iso(row.at),
  version: row.version,
  actor: { kind: row.actor_kind, userId: row.actor_user_id },
  data: row.data,
});
