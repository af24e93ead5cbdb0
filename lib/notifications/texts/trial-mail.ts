import type { Claim } from "../ledger";
import type { OutgoingMail } from "../providers/provider";
import { speech } from "../translator";
import type { Sender } from "../visit-message";
import { builtInWords } from "./message-texts";
import { sampleMessage } from "./sample";
import { textAddress, textNamed } from "./text-kinds";

/** A text as it stands, about nobody, for the admin who wants to see it. Throws where the text is no longer there. */
export async function trialMail({ id, step }: Claim, to: string, sender: Sender, now: Date): Promise<OutgoingMail> {
  const name = textNamed(step);
  if (!name) throw new Error("no such text");
  const words = sender.texts.get(textAddress(name)) ?? builtInWords(name);
  const { t } = speech(name.locale, "UTC");
  const message = await sampleMessage({ name, sender, words, now, clinicPhone: "" });
  if (message.channel !== "email") throw new Error("a trial is a mail");
  const { subject, html, text } = message;
  const mark = t("trial.mark");
  // Whoever finds it in a mailbox must not take it for somebody's appointment.
  return {
    ...{ id, to, from: sender.mailFrom, subject: t("trial.subject", { subject }) },
    html: html.replace(/(<body[^>]*>)/, `$1<p>${mark}</p>`),
    text: `${mark}\n\n${text}`,
  };
}
