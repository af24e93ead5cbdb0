import type { Env } from "@/lib/platform/env";
import { fileMail, fileSms } from "./files";
import { httpSms, twilioSms } from "./http-sms";
import type { MailProvider, SmsProvider } from "./provider";
import { SMS_WEBHOOK_PATH } from "./sms-answers";
import { smtpMail } from "./smtp";

/** The mail provider that the environment names; without one, files. */
export const mailProvider = (env: Env): MailProvider =>
  env.SMTP_URL ? smtpMail({ ...env, url: env.SMTP_URL }) : fileMail(env.DATA_DIR);

/** The SMS provider that the environment names; without one, files. */
export function smsProvider(env: Env): SmsProvider {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = env;
  if (env.SMS_PROVIDER === "twilio" && accountSid && authToken && from)
    return twilioSms({ accountSid, authToken, from, callbackUrl: `${env.appUrl}${SMS_WEBHOOK_PATH}` });
  if (env.SMS_PROVIDER === "http" && env.SMS_HTTP_URL)
    return httpSms({ url: env.SMS_HTTP_URL, token: env.SMS_HTTP_TOKEN });
  return fileSms(env.DATA_DIR);
}
