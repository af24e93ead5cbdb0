import { createHash } from "node:crypto";
import { z } from "zod";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { Env } from "@/lib/platform/env";
import { invalid } from "@/lib/platform/refusals";
import { fieldErrors } from "@/lib/platform/zod-errors";
import { type DeliveryNews, noteDelivery } from "./note-delivery";
import { type Next, NO_SUCH_ADDRESS, STOPPED } from "./providers/provider";
import { HTTP_CODES, SMS_WEBHOOK_PATH, twilioMeans } from "./providers/sms-answers";
import { receiveSms } from "./receive-sms";
import { isSignedByTwilio, isSignedByUs } from "./webhook-signature";

const text = z.string().max(1_600);
const answerBody = z.strictObject({
  /** The provider's own id; one that comes twice is handled once. */
  id: z.string().min(1).max(200).optional(),
  from: z.string().min(3).max(40),
  to: z.string().max(40).optional(),
  body: text,
});
const twilioForm = z.object({ MessageSid: z.string().min(1).max(200), From: z.string().min(3).max(40), Body: text });

/** What became of a message: `id` is the one that we gave it. */
const statusBody = z.strictObject({
  id: z.guid(),
  status: z.enum(["delivered", "failed"]),
  code: z.enum(Object.keys(HTTP_CODES) as [keyof typeof HTTP_CODES]).optional(),
});
const twilioStatus = z.object({
  MessageStatus: z.string().max(40),
  ErrorCode: z.coerce.number().int().optional(),
});

type Answer = { id: string; from: string; body: string };
/** A patient's reply, news of a message of ours, or a step on its way that tells nothing new. */
type Told = { reply: Answer } | { news: DeliveryNews } | "nothing";
type Read = Result<Told, "unauthenticated" | "validation_failed">;
type Settings = Pick<Env, "SMS_PROVIDER" | "TWILIO_AUTH_TOKEN" | "SMS_WEBHOOK_SECRET" | "SLOTWELL_MODE" | "appUrl">;
/** `search` is what stands after the path, with its question mark. */
type Posted = { headers: Pick<Headers, "get">; body: Buffer; search?: string };

const unsigned = () => refuse("unauthenticated", { detail: "The signature does not fit." });

/** A provider's call about a reply, or about what became of a message. Who it is shows in its signature; the demo, which has no provider, takes any. */
export async function smsWebhook(
  ctx: Context,
  posted: Posted,
  settings: Settings,
): Promise<Result<undefined, "unauthenticated" | "validation_failed">> {
  const told =
    settings.SMS_PROVIDER === "twilio" ? ofTwilio(posted, settings) : ofAnyProvider(posted, settings, ctx.now);
  if (!told.ok) return told;
  if (told.value === "nothing") return ok();
  return "reply" in told.value ? receiveSms(ctx, told.value.reply) : noteDelivery(ctx, told.value.news);
}

function ofTwilio({ headers, body, search = "" }: Posted, { TWILIO_AUTH_TOKEN = "", appUrl }: Settings): Read {
  const form = new URLSearchParams(body.toString("utf8"));
  const url = appUrl + SMS_WEBHOOK_PATH + search;
  if (!TWILIO_AUTH_TOKEN || !isSignedByTwilio(TWILIO_AUTH_TOKEN, headers.get("x-twilio-signature"), url, form))
    return unsigned();
  if (form.has("MessageStatus")) return newsOfTwilio(form, search);
  const parsed = twilioForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return refuse("validation_failed", { errors: fieldErrors(parsed.error) });
  return ok({ reply: { id: parsed.data.MessageSid, from: parsed.data.From, body: parsed.data.Body } });
}

/** https://www.twilio.com/docs/messaging/guides/track-outbound-message-status: the id stands in the address that we gave with the message. */
function newsOfTwilio(form: URLSearchParams, search: string): Read {
  const notificationId = z.guid().safeParse(new URLSearchParams(search).get("notification")).data;
  const parsed = twilioStatus.safeParse(Object.fromEntries(form));
  if (!parsed.success) return refuse("validation_failed", { errors: fieldErrors(parsed.error) });
  const { MessageStatus: status, ErrorCode: code } = parsed.data;
  if (!notificationId) return ok("nothing");
  if (status === "delivered" || status === "read") return ok({ news: { notificationId, status: "delivered" } });
  if (status !== "failed" && status !== "undelivered") return ok("nothing");
  return ok({ news: failedNews(notificationId, twilioMeans(code), code ? `twilio_${code}` : undefined) });
}

const failedNews = (notificationId: string, means: Next | undefined, code = "not_delivered"): DeliveryNews => ({
  ...{ notificationId, status: "failed", means },
  errorClass: means === "suppress" ? NO_SUCH_ADDRESS : means === "stop" ? STOPPED : code,
});

function ofAnyProvider({ headers, body }: Posted, settings: Settings, now: Date): Read {
  const { SMS_WEBHOOK_SECRET: secret, SLOTWELL_MODE, SMS_PROVIDER } = settings;
  const isOpen = !secret && SLOTWELL_MODE !== "production" && SMS_PROVIDER === "none";
  if (!isOpen && !(secret && isSignedByUs(secret, headers.get("x-slotwell-signature"), body, now))) return unsigned();
  let sent: unknown;
  try {
    sent = JSON.parse(body.toString("utf8"));
  } catch {
    return invalid("", "is not JSON");
  }
  const news = statusBody.safeParse(sent);
  if (news.success) {
    const { id, status, code } = news.data;
    if (status === "delivered") return ok({ news: { notificationId: id, status } });
    return ok({ news: failedNews(id, code && HTTP_CODES[code]) });
  }
  const parsed = answerBody.safeParse(sent);
  if (!parsed.success) return refuse("validation_failed", { errors: fieldErrors(parsed.error) });
  const { id, from, body: words } = parsed.data;
  // Without an id the same words of the same number within a second are one message.
  const own = createHash("sha256")
    .update(JSON.stringify([from, words, Math.floor(now.getTime() / 1_000)]))
    .digest("base64url");
  return ok({ reply: { id: id ?? own, from, body: words } });
}
