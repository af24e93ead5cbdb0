import { createHash } from "node:crypto";
import { z } from "zod";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { Env } from "@/lib/platform/env";
import { invalid } from "@/lib/platform/refusals";
import { fieldErrors } from "@/lib/platform/zod-errors";
import { receiveSms } from "./receive-sms";
import { isSignedByTwilio, isSignedByUs } from "./webhook-signature";

const PATH = "/api/v1/webhooks/sms";
const text = z.string().max(1_600);
const answerBody = z.strictObject({
  /** The provider's own id; one that comes twice is handled once. */
  id: z.string().min(1).max(200).optional(),
  from: z.string().min(3).max(40),
  to: z.string().max(40).optional(),
  body: text,
});
const twilioForm = z.object({ MessageSid: z.string().min(1).max(200), From: z.string().min(3).max(40), Body: text });

type Answer = { id: string; from: string; body: string };
type Settings = Pick<Env, "SMS_PROVIDER" | "TWILIO_AUTH_TOKEN" | "SMS_WEBHOOK_SECRET" | "SLOTWELL_MODE" | "appUrl">;
type Posted = { headers: Pick<Headers, "get">; body: Buffer };

const unsigned = () => refuse("unauthenticated", { detail: "The signature does not fit." });

/** A provider's call about a reply. Who it is shows in its signature; the demo, which has no provider, takes any. */
export async function smsWebhook(
  ctx: Context,
  posted: Posted,
  settings: Settings,
): Promise<Result<undefined, "unauthenticated" | "validation_failed">> {
  const answer =
    settings.SMS_PROVIDER === "twilio" ? ofTwilio(posted, settings) : ofAnyProvider(posted, settings, ctx.now);
  return answer.ok ? receiveSms(ctx, answer.value) : answer;
}

function ofTwilio(
  { headers, body }: Posted,
  { TWILIO_AUTH_TOKEN = "", appUrl }: Settings,
): Result<Answer, "unauthenticated" | "validation_failed"> {
  const form = new URLSearchParams(body.toString("utf8"));
  if (
    !TWILIO_AUTH_TOKEN ||
    !isSignedByTwilio(TWILIO_AUTH_TOKEN, headers.get("x-twilio-signature"), appUrl + PATH, form)
  )
    return unsigned();
  const parsed = twilioForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return refuse("validation_failed", { errors: fieldErrors(parsed.error) });
  return { ok: true, value: { id: parsed.data.MessageSid, from: parsed.data.From, body: parsed.data.Body } };
}

function ofAnyProvider(
  { headers, body }: Posted,
  settings: Settings,
  now: Date,
): Result<Answer, "unauthenticated" | "validation_failed"> {
  const { SMS_WEBHOOK_SECRET: secret, SLOTWELL_MODE, SMS_PROVIDER } = settings;
  const isOpen = !secret && SLOTWELL_MODE !== "production" && SMS_PROVIDER === "none";
  if (!isOpen && !(secret && isSignedByUs(secret, headers.get("x-slotwell-signature"), body, now))) return unsigned();
  let sent: unknown;
  try {
    sent = JSON.parse(body.toString("utf8"));
  } catch {
    return invalid("", "is not JSON");
  }
  const parsed = answerBody.safeParse(sent);
  if (!parsed.success) return refuse("validation_failed", { errors: fieldErrors(parsed.error) });
  const { id, from, body: words } = parsed.data;
  // Without an id the same words of the same number within a second are one message.
  const own = createHash("sha256")
    .update(JSON.stringify([from, words, Math.floor(now.getTime() / 1_000)]))
    .digest("base64url");
  return { ok: true, value: { id: id ?? own, from, body: words } };
}
