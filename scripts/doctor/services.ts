import { createTransport } from "nodemailer";
import { assertPosted } from "@/lib/audit/post-anchors";
import { anchoringFromEnv } from "@/lib/audit/sealing-from-env";
import { smtpOptions } from "@/lib/notifications/providers/smtp";
import type { Env } from "@/lib/platform/env";
import { reachCache, reachQueue } from "@/lib/platform/health";
import { authorityIn } from "@/lib/platform/tls";
import { bad, examine, type Finding, fine, off, warn } from "./finding";

const TIMEOUT_MS = 8_000;

/** The services around the database, as far as they are configured, and the secrets. */
export const examineServices = (env: Env): Promise<Finding[]> =>
  Promise.all([
    examineQueue(env),
    examineCache(env),
    examineMail(env),
    examineSms(env),
    examineAnchors(),
    examineSecrets(env),
  ]);

async function examineAnchors(): Promise<Finding> {
  const { folder, sink } = anchoringFromEnv();
  if (!sink) return off("anchors", "AUDIT_ANCHOR_URL is not set: the audit log is anchored in a folder alone");
  const mend = "Start the worker, and check AUDIT_ANCHOR_URL and AUDIT_ANCHOR_TOKEN; what is kept is sent then.";
  return examine("anchors", mend, async () => {
    await assertPosted(folder);
    return fine("anchors", "the sink has taken all that was sent");
  });
}

async function examineQueue({ AMQP_URL: url, AMQP_CA_FILE: file }: Env): Promise<Finding> {
  if (!url) return off("queue", "AMQP_URL is not set: the worker reads the outbox itself");
  return examine("queue", "Start RabbitMQ, and check AMQP_URL; bookings go on, messages wait.", async () => {
    await reachQueue(url, authorityIn(file));
    return fine("queue", "RabbitMQ answers");
  });
}

async function examineCache({ REDIS_URL: url, REDIS_CA_FILE: file }: Env): Promise<Finding> {
  if (!url) return off("cache", "REDIS_URL is not set: limits are counted per process");
  return examine("cache", "Start Redis, and check REDIS_URL; until then limits are counted per process.", async () => {
    await reachCache(url, authorityIn(file));
    return fine("cache", "Redis answers");
  });
}

async function examineMail(env: Env): Promise<Finding> {
  const { SMTP_URL: url, SLOTWELL_MODE: mode, MAIL_FROM: from } = env;
  if (!url) {
    if (mode !== "production") return off("mail", "SMTP_URL is not set: mails are written as files");
    return warn("mail", "SMTP_URL is not set: nobody gets a mail", "Set SMTP_URL and MAIL_FROM.");
  }
  return examine("mail", "Check host, port, user and password in SMTP_URL.", async () => {
    const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
    const transport = createTransport({ ...smtpOptions({ ...env, url }), ...timeouts });
    try {
      await transport.verify();
    } finally {
      transport.close();
    }
    if (!from.includes("@localhost")) return fine("mail", "the SMTP server takes our sign-in");
    return warn("mail", "mails would come from localhost", "Set MAIL_FROM to an address of the clinic's domain.");
  });
}

async function examineSms(env: Env): Promise<Finding> {
  if (env.SMS_PROVIDER === "none") return off("sms", "SMS_PROVIDER is none: text messages are written as files");
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  if (env.SMS_PROVIDER === "twilio") {
    return examine("sms", "Check that api.twilio.com can be reached from here.", async () => {
      const sid = env.TWILIO_ACCOUNT_SID ?? "";
      const authorization = `Basic ${Buffer.from(`${sid}:${env.TWILIO_AUTH_TOKEN}`).toString("base64")}`;
      const address = `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(sid)}.json`;
      const { ok, status } = await fetch(address, { headers: { authorization }, signal });
      if (ok) return fine("sms", "Twilio takes our sign-in");
      return bad("sms", `Twilio answers ${status}`, "Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.");
    });
  }
  return examine("sms", "Check SMS_HTTP_URL.", async () => {
    // Nothing is sent: any answer shows that somebody is there.
    await fetch(env.SMS_HTTP_URL ?? "", { method: "OPTIONS", signal });
    return fine("sms", "the SMS service answers");
  });
}

async function examineSecrets(env: Env): Promise<Finding> {
  if (env.SLOTWELL_MODE !== "production") return off("secrets", `mode is ${env.SLOTWELL_MODE}`);
  if (!env.AUTH_SECRET) {
    const mend = "Set AUTH_SECRET to 32 random characters or more: openssl rand -hex 32";
    return warn("secrets", "AUTH_SECRET is not set: it lies in the database, beside the data that it guards", mend);
  }
  if (new Set(env.AUTH_SECRET).size < 10) {
    return bad("secrets", "AUTH_SECRET can be guessed", "Make a random one: openssl rand -hex 32");
  }
  if (!env.appUrl.startsWith("https://")) {
    return warn(
      "secrets",
      "APP_URL is not https: passwords travel in the clear",
      "Put a TLS proxy in front, and set APP_URL.",
    );
  }
  return fine("secrets", "set from outside, and sent over https only");
}
