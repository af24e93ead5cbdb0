"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { settleInbox } from "@/lib/notifications/inbox";
import { replayDeadLetters, replayNotification } from "@/lib/notifications/replay-dead-letters";
import { replayDeadLettersInput } from "@/lib/notifications/schemas";
import { action } from "@/lib/platform/action";
import { formInput } from "@/lib/platform/action-state";

const CLINIC = ["receptionist", "admin"] as const;
const one = z.strictObject({ id: z.uuid() });

const settle = action(CLINIC, one, (ctx, input) => settleInbox(ctx, input));
const replay = action(CLINIC, one, (ctx, input) => replayNotification(ctx, input));
const replayAll = action(CLINIC, replayDeadLettersInput, (ctx, input) => replayDeadLetters(ctx, input));

/** Somebody has seen to what a patient wrote. */
export async function settleAction(form: FormData): Promise<void> {
  await settle(formInput(form));
  redirect("/messages");
}

/** Sends one dead letter again. */
export async function replayAction(form: FormData): Promise<void> {
  await replay(formInput(form));
  redirect("/messages");
}

/** Sends all again that the page shows. */
export async function replayAllAction(form: FormData): Promise<void> {
  await replayAll(formInput(form));
  redirect("/messages");
}
