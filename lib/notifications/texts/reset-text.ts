import { withActor } from "@/db/client";
import { messageTemplates } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { isText } from "./is-text";
import { forgetTexts } from "./message-texts";
import type { TextNameInput } from "./schemas";
import { textSpec } from "./text-kinds";

/** Takes the clinic's words away, so that the product's own are sent again. What they were stays in the audit log. */
export async function resetText(
  ctx: Context,
  name: TextNameInput,
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "text.keep")) return refuse("forbidden");
  if (!textSpec(name.kind, name.channel)) return refuse("not_found");
  await withActor(ctx, (tx) => tx.db.delete(messageTemplates).where(isText(name)));
  forgetTexts(ctx.db);
  return ok();
}
