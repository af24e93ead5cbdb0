import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import { withActor } from "@/db/client";
import { recordTemplates, services } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { invalid, versionRefusal } from "@/lib/platform/refusals";
import type { createTemplateInput, listTemplatesInput, updateTemplateInput } from "./schemas";
import type { TemplateView } from "./views";

const columns = {
  id: recordTemplates.id,
  serviceId: recordTemplates.serviceId,
  kind: recordTemplates.kind,
  name: recordTemplates.name,
  title: recordTemplates.title,
  body: recordTemplates.body,
  active: recordTemplates.active,
  version: recordTemplates.version,
};

/** Doctors write their templates, and admins. They hold nobody's data. */
const mayKeepTemplates = ({ actor }: Context) => may(actor, "template.keep");

type Refusal = "forbidden" | "not_found" | "version_conflict" | "validation_failed";

/** Templates in order of name; `serviceId`: those for it and for every service. Those switched off are shown where nothing is asked for. */
export async function listTemplates(
  ctx: Context,
  input: z.infer<typeof listTemplatesInput>,
): Promise<Result<{ items: TemplateView[] }, "forbidden">> {
  if (!mayKeepTemplates(ctx)) return refuse("forbidden");
  const isFiltered = input.serviceId !== undefined || input.kind !== undefined;
  const items = await ctx.db.orm
    .select(columns)
    .from(recordTemplates)
    .where(
      and(
        input.serviceId
          ? or(eq(recordTemplates.serviceId, input.serviceId), isNull(recordTemplates.serviceId))
          : undefined,
        input.kind ? eq(recordTemplates.kind, input.kind) : undefined,
        isFiltered ? eq(recordTemplates.active, true) : undefined,
      ),
    )
    .orderBy(asc(recordTemplates.name), asc(recordTemplates.id))
    .limit(500);
  return ok({ items });
}

const isService = async (ctx: Context, serviceId: string | null | undefined) =>
  !serviceId || (await ctx.db.orm.$count(services, eq(services.id, serviceId))) > 0;

export async function createTemplate(
  ctx: Context,
  input: z.input<typeof createTemplateInput>,
): Promise<Result<TemplateView, Refusal>> {
  if (!mayKeepTemplates(ctx)) return refuse("forbidden");
  if (!(await isService(ctx, input.serviceId))) return invalid("serviceId", "does not exist");
  return withActor(ctx, async (tx) => {
    const [row] = await tx.db
      .insert(recordTemplates)
      .values({ id: uuidv7(), ...input })
      .returning(columns);
    if (!row) throw new Error("insert returned no row");
    return ok(row);
  });
}

/** Changes what is given. A template is switched off, not deleted. */
export async function updateTemplate(
  ctx: Context,
  { id, expectedVersion, ...patch }: z.infer<typeof updateTemplateInput>,
): Promise<Result<TemplateView, Refusal>> {
  if (!mayKeepTemplates(ctx)) return refuse("forbidden");
  if (!(await isService(ctx, patch.serviceId))) return invalid("serviceId", "does not exist");
  return withActor(ctx, async (tx) => {
    const [before] = await tx.db
      .select({ version: recordTemplates.version })
      .from(recordTemplates)
      .where(eq(recordTemplates.id, id))
      .for("no key update");
    const refusal = versionRefusal(before, expectedVersion);
    if (refusal) return refusal;
    const [row] = await tx.db
      .update(recordTemplates)
      .set({ ...patch, version: sql`${recordTemplates.version} + 1`, updatedAt: ctx.now })
      .where(eq(recordTemplates.id, id))
      .returning(columns);
    if (!row) throw new Error("update returned no row");
    return ok(row);
  });
}
