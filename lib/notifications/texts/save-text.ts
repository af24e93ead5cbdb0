import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { messageTemplates } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import type { TextFault } from "./check-text";
import { isText } from "./is-text";
import { judgeText } from "./judge-text";
import { forgetTexts } from "./message-texts";
import type { SaveTextInput } from "./schemas";
import { textSpec } from "./text-kinds";

type Refusal = "forbidden" | "not_found" | "validation_failed" | "version_conflict";

/** Puts the clinic's own words in place of what was sent so far. */
export async function saveText(ctx: Context, input: SaveTextInput): Promise<Result<{ version: number }, Refusal>> {
  if (!may(ctx.actor, "text.keep")) return refuse("forbidden");
  const spec = textSpec(input.kind, input.channel);
  if (!spec) return refuse("not_found");
  const faults = await judgeText(ctx, spec, input);
  if (faults[0]) return refusalOf(faults[0]);
  const { kind, channel, locale, body, expectedVersion } = input;
  const words = { subject: spec.subject ? (input.subject ?? "") : null, body };
  const [row] = await withActor(ctx, (tx) =>
    expectedVersion === undefined
      ? tx.db
          .insert(messageTemplates)
          .values({ id: uuidv7(), kind, channel, locale, ...words })
          .onConflictDoNothing()
          .returning({ version: messageTemplates.version })
      : tx.db
          .update(messageTemplates)
          .set({ ...words, version: sql`${messageTemplates.version} + 1`, updatedAt: ctx.now })
          .where(and(isText(input), eq(messageTemplates.version, expectedVersion)))
          .returning({ version: messageTemplates.version }),
  );
  forgetTexts(ctx.db);
  return row ? ok(row) : refuse("version_conflict", { detail: "It was changed meanwhile." });
}

/** `reason` and `names` are for the form's own words. */
const refusalOf = ({ path, code, names = [] }: TextFault) => {
  const named = names.map((name) => `{${name}}`).join(", ");
  return refuse("validation_failed", {
    errors: [{ path, message: code.replaceAll("_", " ") }],
    data: { reason: code, names: named },
  });
};
