"use server";

import { redirect } from "next/navigation";
import type { Refused, Result } from "@/lib/domain/result";
import { previewText } from "@/lib/notifications/texts/preview-text";
import { resetText } from "@/lib/notifications/texts/reset-text";
import { saveText } from "@/lib/notifications/texts/save-text";
import { saveTextInput, textName, trySmsInput, writtenText } from "@/lib/notifications/texts/schemas";
import { type TextName, textAddress } from "@/lib/notifications/texts/text-kinds";
import { trySms } from "@/lib/notifications/texts/try-sms";
import { tryText } from "@/lib/notifications/texts/try-text";
import { action, formAction } from "@/lib/platform/action";

const ADMIN = ["admin"] as const;
const WORDS = { messages: "admin" };

/** Back to the text, where it is said what has been done; a refusal stays with the form. */
function backTo(name: TextName, done: string, result: Result<unknown>): Refused {
  if (!result.ok) return result;
  redirect(`/admin/texts/${textAddress(name)}?done=${done}`);
}

export const saveTextAction = formAction(
  ADMIN,
  saveTextInput,
  async (ctx, input) => backTo(input, "saved", await saveText(ctx, input)),
  WORDS,
);

export const resetTextAction = formAction(
  ADMIN,
  textName,
  async (ctx, name) => backTo(name, "back", await resetText(ctx, name)),
  WORDS,
);

export const tryTextAction = formAction(
  ADMIN,
  textName,
  async (ctx, name) => backTo(name, "tried", await tryText(ctx, name)),
  WORDS,
);

/** What costs money and reaches any number is for who has proved lately who they are. */
export const trySmsAction = formAction(ADMIN, trySmsInput, (ctx, input) => trySms(ctx, input), {
  ...WORDS,
  stepUp: true,
});

export const previewTextAction = action(ADMIN, writtenText, previewText);
