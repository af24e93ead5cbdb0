import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { mayAtAll } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import type { SetHoldInput } from "./schemas";
import type { HoldView } from "./views";

type Row = Omit<HoldView, "until" | "createdAt" | "endedAt"> & {
  until: Date | null;
  createdAt: Date;
  endedAt: Date | null;
};

const viewOf = ({ until, createdAt, endedAt, ...row }: Row): HoldView => ({
  ...row,
  ...{
    until: until?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  },
});

/** Keeps everything of a patient from erasure, until an instant or until somebody ends it. */
export async function setHold(
  ctx: Context,
  { patientId, reason, until }: SetHoldInput,
): Promise<Result<HoldView, "forbidden" | "not_found" | "validation_failed">> {
  const { actor, now } = ctx;
  if (!mayAtAll(actor, "erasure.decide")) return refuse("forbidden");
  const end = until ? new Date(until) : null;
  if (end && end <= now) return invalid("until", "must lie ahead");
  return withActor(ctx, async ({ pg }) => {
    // An erasure that is under way is waited for.
    const [patient] = await pg<{ erased: boolean }[]>`
      select erased_at is not null as erased from patients where id = ${patientId} for key share`;
    if (!patient || patient.erased) return refuse("not_found");
    const id = uuidv7();
    await pg`insert into legal_holds (id, patient_id, reason, until, set_by_user_id, created_at)
      values (${id}, ${patientId}, ${reason}, ${end}, ${actor.kind === "user" ? actor.userId : null}, ${now})`;
    return ok(viewOf({ id, patientId, reason, until: end, createdAt: now, endedAt: null }));
  });
}

/** Ends a hold; one that has ended stays so. */
export async function endHold(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<undefined, "forbidden" | "not_found">> {
  const { actor, now } = ctx;
  if (!mayAtAll(actor, "erasure.decide")) return refuse("forbidden");
  const { count } = await withActor(
    ctx,
    ({
      pg,
    }) => pg`update legal_holds set ended_at = ${now}, ended_by_user_id = ${actor.kind === "user" ? actor.userId : null}
      where id = ${id} and ended_at is null`,
  );
  return count > 0 ? ok() : refuse("not_found");
}

/** A patient's holds, the latest first. */
export async function listHolds(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<{ items: HoldView[] }, "forbidden">> {
  if (!mayAtAll(ctx.actor, "erasure.decide")) return refuse("forbidden");
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<Row[]>`
      select id, patient_id as "patientId", reason, until, created_at as "createdAt", ended_at as "endedAt"
      from legal_holds where patient_id = ${patientId} order by created_at desc, id desc limit 100`,
  );
  return ok({ items: rows.map(viewOf) });
}
