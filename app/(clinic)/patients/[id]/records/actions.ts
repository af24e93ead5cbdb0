"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { ok } from "@/lib/domain/result";
import { action, formAction } from "@/lib/platform/action";
import { idField } from "@/lib/platform/fields";
import { amendRecord } from "@/lib/records/amend-record";
import { removeAttachment } from "@/lib/records/attachments";
import { closeGlass, openGlass } from "@/lib/records/break-glass";
import { discardDraft } from "@/lib/records/discard-draft";
import { getRecord } from "@/lib/records/get-record";
import { markInError } from "@/lib/records/mark-in-error";
import { releaseRecord } from "@/lib/records/release-record";
import { resolveRecord } from "@/lib/records/resolve-record";
import { saveDraft } from "@/lib/records/save-draft";
import { openGlassInput, saveDraftInput } from "@/lib/records/schemas";
import { signRecord } from "@/lib/records/sign-record";
import { withholdRecord } from "@/lib/records/withhold-record";
import { contentFields, contentOf, startedRecord } from "./form-content";

const WORDS = { messages: "records" };
const version = z.coerce.number().int();
const ids = { id: idField, expectedVersion: version };
const hrefOf = ({ patientId, id }: { patientId: string; id: string }) => `/patients/${patientId}/records/${id}`;

/** Begins a draft of the chosen kind, or with the words of a template, and leads to where it is written. */
export const startRecordAction = formAction(
  ["doctor"],
  z.strictObject({ patientId: idField, appointmentId: idField.optional(), start: z.string().max(60) }),
  async (ctx, input) => {
    const started = await startedRecord(ctx, input);
    if (!started.ok) return started;
    redirect(`${hrefOf(started.value)}/write`);
  },
  WORDS,
);

/** What was typed so far, by itself. Answers with the version that the next save must name, and when it was kept. */
export const saveDraftAction = action(["doctor"], saveDraftInput, async (ctx, input) => {
  const saved = await saveDraft(ctx, input);
  return saved.ok ? ok({ version: saved.value.version, savedAt: saved.value.updatedAt }) : saved;
});

/** The draft as it stands now, for whoever saved another one meanwhile. */
export const readDraftAction = action(["doctor"], z.strictObject({ id: idField }), (ctx, input) =>
  getRecord(ctx, input),
);

/** The whole form of a draft: kept, or kept and signed, or also released. */
export const sendDraftAction = formAction(
  ["doctor"],
  z.strictObject({
    ...ids,
    ...contentFields,
    intent: z.enum(["save", "sign"]).default("save"),
    release: z.literal("on").optional(),
  }),
  async (ctx, { id, expectedVersion, intent, release, ...content }) => {
    const saved = await saveDraft(ctx, { id, expectedVersion, ...contentOf(content) });
    if (!saved.ok) return saved;
    if (intent === "save") redirect(`${hrefOf(saved.value)}/write?done=saved`);
    const signed = await signRecord(ctx, { id, expectedVersion: saved.value.version });
    if (!signed.ok) return signed;
    if (release) await releaseRecord(ctx, { id, expectedVersion: signed.value.version });
    redirect(`${hrefOf(saved.value)}?done=${release ? "signedReleased" : "signed"}`);
  },
  WORDS,
);

export const discardDraftAction = formAction(
  ["doctor"],
  z.strictObject({ ...ids, patientId: idField }),
  async (ctx, { patientId, id }) => {
    // Whatever was saved last goes with it.
    const discarded = await discardDraft(ctx, { id });
    return discarded.ok ? redirect(`/patients/${patientId}/records?done=discarded`) : discarded;
  },
  WORDS,
);

export const amendRecordAction = formAction(
  ["doctor"],
  z.strictObject({ ...ids, ...contentFields, title: z.string().min(1).max(200), reason: z.string().min(1).max(500) }),
  async (ctx, { id, expectedVersion, reason, ...content }) => {
    const amended = await amendRecord(ctx, { id, expectedVersion, reason, ...contentOf(content) });
    return amended.ok ? redirect(`${hrefOf(amended.value)}?done=amended`) : amended;
  },
  WORDS,
);

export const releaseRecordAction = formAction(
  ["doctor"],
  z.strictObject(ids),
  async (ctx, input) => {
    const released = await releaseRecord(ctx, input);
    return released.ok ? redirect(`${hrefOf(released.value)}?done=released`) : released;
  },
  WORDS,
);

const withReason = z.strictObject({ ...ids, reason: z.string().min(1).max(500) });

export const withholdRecordAction = formAction(
  ["doctor"],
  withReason,
  async (ctx, input) => {
    const withheld = await withholdRecord(ctx, input);
    return withheld.ok ? redirect(`${hrefOf(withheld.value)}?done=withheld`) : withheld;
  },
  WORDS,
);

export const markInErrorAction = formAction(
  ["doctor"],
  withReason,
  async (ctx, input) => {
    const marked = await markInError(ctx, input);
    return marked.ok ? redirect(`${hrefOf(marked.value)}?done=inError`) : marked;
  },
  WORDS,
);

export const resolveRecordAction = formAction(
  ["doctor"],
  z.strictObject({ ...ids, resolved: z.enum(["yes", "no"]) }),
  async (ctx, { resolved, ...input }) => {
    const changed = await resolveRecord(ctx, { ...input, resolved: resolved === "yes" });
    return changed.ok ? redirect(`${hrefOf(changed.value)}?done=resolved`) : changed;
  },
  WORDS,
);

export const removeFileAction = formAction(
  ["doctor"],
  z.strictObject({ id: idField }),
  async (ctx, input) => {
    const removed = await removeAttachment(ctx, input);
    if (removed.ok) refresh();
    return removed;
  },
  WORDS,
);

/** Breaks the glass: for doctors whom nothing else lets in, who have just proved who they are. */
export const openGlassAction = formAction(
  ["doctor"],
  openGlassInput.extend({ minutes: z.coerce.number().pipe(openGlassInput.shape.minutes.unwrap()) }),
  async (ctx, input) => {
    const opened = await openGlass(ctx, input);
    return opened.ok ? redirect(`/patients/${input.patientId}/records`) : opened;
  },
  { ...WORDS, stepUp: true },
);

export const closeGlassAction = formAction(
  ["doctor"],
  z.strictObject({ id: idField, patientId: idField }),
  async (ctx, { id, patientId }) => {
    const closed = await closeGlass(ctx, { id });
    return closed.ok ? redirect(`/patients/${patientId}`) : closed;
  },
  WORDS,
);
