"use server";

import { redirect } from "next/navigation";
import { previewText } from "@/lib/notifications/texts/preview-text";
import { resetText } from "@/lib/notifications/texts/reset-text";
import { saveText } from "@/lib/notifications/texts/save-text";
import { saveTextInput, textName, writtenText } from "@/lib/notifications/texts/schemas";
import { type TextName, textAddress } from "@/lib/notifications/texts/text-kinds";
import { tryText } from "@/lib/notifications/texts/try-text";
import { action, formAction } from "@/lib/platform/action";

const ADMIN = ["admin"] as const;
const WORDS = { messages: "admin" };

const pageOf = (name: TextName, done: string) => `/admin/texts/${textAddress(name)}?done=${done}`;

export const saveTextAction = formAction(
  ADMIN,
  saveTextInput,
  async (ctx, input) => {
    const saved = await saveText(ctx, input);
    return saved.ok ? redirect(pageOf(input, "saved")) : saved;
  },
  WORDS,
);

export const resetTextAction = formAction(
  ADMIN,
  textName,
  async (ctx, name) => {
    const reset = await resetText(ctx, name);
    return reset.ok ? redirect(pageOf(name, "back")) : reset;
  },
  WORDS,
);

export const tryTextAction = formAction(
  ADMIN,
  textName,
  async (ctx, name) => {
    const tried = await tryText(ctx, name);
    return tried.ok ? redirect(pageOf(name, "tried")) : tried;
  },
  WORDS,
);

export const previewTextAction = action(ADMIN, writtenText, previewText);
