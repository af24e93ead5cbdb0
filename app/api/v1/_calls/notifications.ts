import { z } from "zod";
import {
  listDeadLettersInput,
  listNotificationsInput,
  putPreferencesInput,
  replayDeadLettersInput,
} from "@/lib/notifications/schemas";
import { deadLetterView, notificationView, preferencesView } from "@/lib/notifications/views";
import { defineCall } from "@/lib/platform/api";
import { idParams, listOf } from "./shapes";

const tag = "Messages";
const preferences = preferencesView.meta({ id: "NotificationPreferences" });
const replayed = z.object({ replayed: z.int() });

export const listNotifications = defineCall({
  method: "GET",
  path: "/notifications",
  summary: "What became of messages, the newest first; doctors see those of their own visits",
  tag,
  access: "staff",
  query: z.object(listNotificationsInput.shape),
  status: 200,
  response: listOf(notificationView.meta({ id: "Notification" })),
});
export const listDeadLetters = defineCall({
  method: "GET",
  path: "/notifications/dead-letters",
  summary: "Messages and events that were given up, the newest first",
  tag,
  access: "staff",
  query: z.object(listDeadLettersInput.shape),
  status: 200,
  response: listOf(deadLetterView.meta({ id: "DeadLetter" })),
});
export const replayNotification = defineCall({
  method: "POST",
  path: "/notifications/{id}/replay",
  summary: "Send a message once more that was given up or refused, or repeat a dead event",
  tag,
  access: "staff",
  params: idParams,
  status: 200,
  response: replayed,
  refusals: ["invalid_transition"],
});
export const replayDeadLetters = defineCall({
  method: "POST",
  path: "/notifications/dead-letters/replay",
  summary: "Repeat all dead letters that fit, at most a thousand at a time",
  tag,
  access: "staff",
  body: replayDeadLettersInput,
  status: 200,
  response: replayed,
});
export const smsReply = defineCall({
  method: "POST",
  path: "/webhooks/sms",
  summary:
    "A patient's reply, or what became of a message, from the provider: Twilio's form, or JSON {id, from, body} or {id, status, code?} with X-Slotwell-Signature",
  tag,
  access: "public",
  uploadBytes: 64_000,
  status: 204,
  refusals: ["unauthenticated", "validation_failed"],
  limit: "webhook",
});
export const getPreferences = defineCall({
  method: "GET",
  path: "/me/notification-preferences",
  summary: "How the caller wishes to be written to",
  tag,
  access: "signed_in",
  status: 200,
  response: preferences,
});
export const putPreferences = defineCall({
  method: "PUT",
  path: "/me/notification-preferences",
  summary: "Change it; what is left out stays as it is, and visits that are booked are planned anew",
  tag,
  access: "signed_in",
  body: putPreferencesInput,
  status: 200,
  response: preferences,
});
