import { withActor } from "@/db/client";
import { isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE, type ListInput } from "@/lib/platform/fields";
import { mayAtAll, reach } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import type { listWaitlistInput } from "./schemas";
import { readWishes, type WaitlistView } from "./views";

/** Wishes, the newest first: the clinic's staff see all, others their own and those of whom they act for. */
export async function listWaitlist(
  ctx: Context,
  input: ListInput<typeof listWaitlistInput>,
): Promise<Result<Page<WaitlistView>, "forbidden" | "validation_failed">> {
  if (!mayAtAll(ctx.actor, "waitlist.read")) return refuse("forbidden");
  const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor);
  if (after === null || (after && !(after.length === 1 && isUuid(after[0])))) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const { actor, now } = ctx;
  const rows = await withActor(ctx, ({ pg }) => {
    const seesAll = reach(actor, "waitlist.read").includes("any");
    const userId = actor.kind === "user" ? actor.userId : null;
    const ownId = actor.kind === "user" ? actor.patientId : null;
    const where = pg`
      (${seesAll} or e.patient_id = ${ownId}::uuid or e.patient_id in (select g.patient_id from patient_proxies g
        where g.user_id = ${userId}::uuid and 'view' = any(g.capabilities) and g.revoked_at is null and (g.valid_until is null or g.valid_until > ${now})))
      and (${input.status ?? null}::text is null or e.status = ${input.status ?? null})
      and (${input.patientId ?? null}::uuid is null or e.patient_id = ${input.patientId ?? null}::uuid)
      and (${input.serviceId ?? null}::uuid is null or e.service_id = ${input.serviceId ?? null}::uuid)
      and (${input.doctorId ?? null}::uuid is null or ${input.doctorId ?? null}::uuid = any(e.doctor_ids))
      and (${(after?.[0] as string | undefined) ?? null}::uuid is null or e.id < ${(after?.[0] as string | undefined) ?? null}::uuid)`;
    return readWishes(pg, where, now, limit + 1);
  });
  return ok(page(rows, limit, ({ id }) => [id]));
}
