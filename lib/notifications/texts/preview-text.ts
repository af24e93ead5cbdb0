import { clinicSettings } from "@/lib/clinic/settings";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { displayPhone } from "@/lib/format/phone";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";
import { may } from "@/lib/platform/permissions";
import { isGsm, smsSegments } from "../sms-text";
import { judgeText } from "./judge-text";
import { sampleMessage } from "./sample";
import type { WrittenText } from "./schemas";
import { textSpec } from "./text-kinds";
import type { TextPreview } from "./views";

/** The message as its reader would get it. Words that may not be sent are shown as what would be sent instead, beside what is wrong. */
export async function previewText(
  ctx: Context,
  text: WrittenText,
): Promise<Result<TextPreview, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "text.keep")) return refuse("forbidden");
  const spec = textSpec(text.kind, text.channel);
  if (!spec) return refuse("not_found");
  const [faults, { name: clinicName, phone }] = await Promise.all([judgeText(ctx, spec, text), clinicSettings(ctx.db)]);
  const message = await sampleMessage({
    name: { kind: text.kind, channel: text.channel, locale: text.locale },
    sender: { appUrl: env().appUrl, mailFrom: env().MAIL_FROM, clinicName },
    words: { subject: text.subject ?? null, body: text.body },
    now: ctx.now,
    clinicPhone: displayPhone(phone ?? "+12125550100"),
  });
  if (message.channel === "email") return ok({ ...message, faults });
  const { text: sms } = message;
  return ok({ ...message, faults, parts: smsSegments(sms), characters: [...sms].length, isGsm: isGsm(sms) });
}
