import { messageTemplates } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { locales } from "@/lib/platform/messages";
import { may } from "@/lib/platform/permissions";
import { textFaults } from "./check-text";
import { isText } from "./is-text";
import { builtInWords } from "./message-texts";
import type { TextNameInput } from "./schemas";
import { TEXT_KIND_NAMES, TEXT_KINDS, type TextChannel, type TextName, textAddress, textSpec } from "./text-kinds";
import type { MessageTextView } from "./views";

type Row = typeof messageTemplates.$inferSelect;

/** Every text there is, in the order of the list of kinds. */
export async function listTexts(ctx: Context): Promise<Result<MessageTextView[], "forbidden">> {
  if (!may(ctx.actor, "text.keep")) return refuse("forbidden");
  const rows = await ctx.db.orm.select().from(messageTemplates);
  const byAddress = new Map(rows.map((row) => [textAddress(row), row]));
  const names = locales.flatMap((locale) =>
    TEXT_KIND_NAMES.flatMap((kind) =>
      (Object.keys(TEXT_KINDS[kind]) as TextChannel[]).map((channel) => ({ kind, channel, locale })),
    ),
  );
  return ok(names.flatMap((name) => viewOf(name, byAddress.get(textAddress(name))) ?? []));
}

export async function getText(
  ctx: Context,
  name: TextNameInput,
): Promise<Result<MessageTextView, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "text.keep")) return refuse("forbidden");
  const [row] = await ctx.db.orm.select().from(messageTemplates).where(isText(name));
  const view = viewOf(name, row);
  return view ? ok(view) : refuse("not_found");
}

function viewOf(name: TextName, row: Row | undefined): MessageTextView | undefined {
  const spec = textSpec(name.kind, name.channel);
  if (!spec) return undefined;
  const builtIn = builtInWords(name);
  const words = row ? { subject: row.subject, body: row.body } : builtIn;
  const faults = row ? textFaults(spec, words) : [];
  return {
    ...name,
    ...{ words, builtIn, faults },
    state: faults.length > 0 ? "unused" : row ? "edited" : "built_in",
    version: row?.version ?? null,
    updatedAt: row?.updatedAt.toISOString() ?? null,
    offers: { subject: spec.subject?.offers ?? [], body: spec.body.offers },
    needs: spec.body.needs,
  };
}
