import "server-only";
import { z } from "zod";
import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/refusals";
import { createDraft } from "@/lib/records/create-record";
import { createDraftInput } from "@/lib/records/schemas";
import { listTemplates } from "@/lib/records/templates";
import type { RecordView } from "@/lib/records/views";

/** What is typed of a record, as a form sends it: an empty field is left out. */
export const contentFields = {
  title: z.string().max(200).default(""),
  body: z.string().max(50_000).default(""),
  system: z.enum(["icd-10", "snomed-ct", "text"]).optional(),
  code: z.string().max(40).optional(),
  display: z.string().max(200).optional(),
  isWarning: z.literal("on").optional(),
};
type Sent = z.infer<z.ZodObject<typeof contentFields>>;

export const contentOf = ({ title, body, system, code, display, isWarning }: Sent) => ({
  title,
  body,
  // A form that does not ask for it leaves it as it is.
  coding: system && (display ? { system, code: code ?? null, display } : null),
  isWarning: isWarning === "on",
});

const kindField = createDraftInput.shape.kind;
type Start = { patientId: string; appointmentId?: string | undefined; start: string };

/** `start` is a kind of record, or the id of a template whose words come with it. */
export async function startedRecord(ctx: Context, { start, ...where }: Start): Promise<Result<RecordView>> {
  const kind = kindField.safeParse(start);
  if (kind.success) return createDraft(ctx, { ...where, kind: kind.data, title: "", body: "" });
  const templates = await listTemplates(ctx, {});
  const template = templates.ok ? templates.value.items.find(({ id, active }) => active && id === start) : undefined;
  if (!template) return invalid("start", "is none of these");
  return createDraft(ctx, { ...where, kind: template.kind, title: template.title, body: template.body });
}
