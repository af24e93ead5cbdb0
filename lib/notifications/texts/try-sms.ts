import { uuidv7 } from "uuidv7";
import { clinicSettings } from "@/lib/clinic/settings";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { displayPhone } from "@/lib/format/phone";
import { normalizePhone } from "@/lib/patients/phone";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/logger";
import { may } from "@/lib/platform/permissions";
import { limitRequest, tooMany } from "@/lib/platform/rate-limit";
import { invalid } from "@/lib/platform/refusals";
import { smsProvider } from "../providers";
import type { SmsProvider } from "../providers/provider";
import { smsSegments, toPlain } from "../sms-text";
import { speech } from "../translator";
import { builtInWords, messageTexts } from "./message-texts";
import { sampleMessage } from "./sample";
import type { TrySmsInput } from "./schemas";
import { textAddress, textSpec } from "./text-kinds";

type Refusal = "forbidden" | "not_found" | "validation_failed" | "rate_limited" | "unavailable";

/**
 * Sends a short text as it stands, marked as a test, to the number that the asking admin names: at once and from here, as no number is kept
 * anywhere, and five a day at the most. Gives how many parts it took.
 */
export async function trySms(
  ctx: Context,
  { to, ...name }: TrySmsInput,
  provider: SmsProvider = smsProvider(env()),
): Promise<Result<{ parts: number }, Refusal>> {
  const { actor } = ctx;
  if (actor.kind !== "user" || !may(actor, "text.keep")) return refuse("forbidden");
  if (!textSpec(name.kind, name.channel)) return refuse("not_found");
  const { name: clinicName, country, phone } = await clinicSettings(ctx.db);
  const number = normalizePhone(to, country);
  if (!number) return invalid("to", "is not a telephone number; write it with its country code, such as +44");
  const limit = await limitRequest("sms_trial", actor.userId);
  if (!limit.allowed) return tooMany(limit);
  const message = await sampleMessage({
    name,
    sender: { appUrl: env().appUrl, mailFrom: env().MAIL_FROM, clinicName },
    words: (await messageTexts(ctx.db)).get(textAddress(name)) ?? builtInWords(name),
    now: ctx.now,
    clinicPhone: displayPhone(phone ?? "+12125550100"),
  });
  if (message.channel !== "sms") throw new Error("a trial of a short message is one");
  const { t } = speech(name.locale, "UTC");
  const body = toPlain(t("trial.sms", { text: message.text }));
  const id = uuidv7();
  const outcome = await provider.send({ id, to: number, body, at: ctx.now });
  if (outcome.ok) return ok({ parts: smsSegments(body) });
  log.warn("a test of a short message was not taken", { notificationId: id, errorClass: outcome.errorClass });
  return refuse("unavailable", { detail: "The provider did not take the message." });
}
