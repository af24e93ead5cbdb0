import { and, desc, eq, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { appointments, notifications } from "@/db/schema";
import { isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE, type ListInput } from "@/lib/platform/fields";
import { mayAtAll, reach } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import type { listNotificationsInput } from "./schemas";
import type { NotificationView } from "./views";

type Refusal = "forbidden" | "validation_failed";

/** What became of messages, the newest first; doctors see those of their own visits. */
export async function listNotifications(
  ctx: Context,
  input: ListInput<typeof listNotificationsInput>,
): Promise<Result<Page<NotificationView>, Refusal>> {
  if (!mayAtAll(ctx.actor, "message.follow")) return refuse("forbidden");
  const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor);
  if (after && !(after.length === 1 && isUuid(after[0]))) return badCursor();
  if (after === null) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const rows = await withActor(ctx, ({ db }) =>
    db
      .select()
      .from(notifications)
      .where(
        and(
          input.appointmentId ? eq(notifications.appointmentId, input.appointmentId) : undefined,
          input.status ? eq(notifications.status, input.status) : undefined,
          after ? sql`${notifications.id} < ${after[0]}::uuid` : undefined,
          ownVisitsOnly(ctx),
        ),
      )
      .orderBy(desc(notifications.id))
      .limit(limit + 1),
  );
  const { items, nextCursor } = page(rows, limit, (row) => [row.id]);
  return ok({ items: items.map(viewOf), nextCursor });
}

/** Row-level security also shows one's own messages, which are not what a doctor asks for here. */
export const ownVisitsOnly = ({ actor }: Context) =>
  actor.kind === "user" && reach(actor, "message.follow").includes("calendar")
    ? sql`${notifications.appointmentId} in (select ${appointments.id} from ${appointments} where ${appointments.doctorId} = ${actor.doctorId}::uuid)`
    : undefined;

const viewOf = (row: typeof notifications.$inferSelect): NotificationView => ({
  id: row.id,
  kind: row.kind,
  step: row.step,
  channel: row.channel,
  status: row.status,
  appointmentId: row.appointmentId,
  patientId: row.patientId,
  dueAt: row.dueAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
  deliveredAt: row.deliveredAt?.toISOString() ?? null,
  attempts: row.attempts,
  errorClass: row.errorClass,
  createdAt: row.createdAt.toISOString(),
});
