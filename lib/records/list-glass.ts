import { withActor } from "@/db/client";
import { isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE } from "@/lib/platform/fields";
import { mayAtAll } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import { hasKeys } from "@/lib/protection/keyring";
import { withinReach } from "./access";
import { GLASS_COLUMNS, type GlassRow, glassOf } from "./glass-row";
import type { GlassView } from "./views";

type Input = { patientId?: string | undefined; limit?: number; cursor?: string | undefined };
type Refusal = "forbidden" | "encryption_not_configured" | "validation_failed";

/** Where the glass was broken, the latest first: all of it to admins, their own to doctors, what concerns them to patients and who reads for them. */
export async function listGlass(ctx: Context, input: Input): Promise<Result<Page<GlassView>, Refusal>> {
  const { actor } = ctx;
  if (!mayAtAll(actor, "glass.list")) return refuse("forbidden");
  if (!hasKeys()) return refuse("encryption_not_configured");
  const [at, id] = input.cursor === undefined ? [] : (decodeCursor(input.cursor) ?? ["", ""]);
  if (input.cursor !== undefined && !(typeof at === "string" && !Number.isNaN(Date.parse(at)) && isUuid(id)))
    return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<GlassRow[]>`select ${GLASS_COLUMNS(pg)}
    where ${withinReach(pg, ctx, "glass.list")} ${input.patientId ? pg`and r.patient_id = ${input.patientId}` : pg``}
      ${input.cursor ? pg`and (r.opened_at, r.id) < (${at as string}::timestamptz, ${id as string}::uuid)` : pg``}
    order by r.opened_at desc, r.id desc limit ${limit + 1}`,
  );
  const { items, nextCursor } = page([...rows], limit, (row) => [row.openedAt.toISOString(), row.id]);
  return ok({ items: await Promise.all(items.map(glassOf)), nextCursor });
}
