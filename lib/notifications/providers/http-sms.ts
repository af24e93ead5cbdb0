import { SEND_TIMEOUT_MS, SMS_AT_ONCE, type SmsProvider, sent } from "./provider";
import { classifyHttp, HTTP_CODES, twilioMeans } from "./sms-answers";

type Answer = { status: number; body: Record<string, unknown> };

/** Posts, and turns silence and broken connections into a status of 0. */
async function post(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
      ...init,
    });
    const body = await response.json().catch(() => ({}));
    return { status: response.status, body: typeof body === "object" && body !== null ? body : {} };
  } catch {
    return { status: 0, body: {} };
  }
}

const text = (value: unknown) => (typeof value === "string" ? value : null);

/**
 * Any service that takes `POST {to, body, id}` as JSON with a bearer token. The ledger's id also stands in `Idempotency-Key`: a
 * service that honours it sends once, however often we ask. A JSON answer's `id` is kept; a refusal may say why in `code`.
 */
export function httpSms({ url, token }: { url: string; token?: string }): SmsProvider {
  return {
    name: "http",
    atOnce: SMS_AT_ONCE,
    async send({ id, to, body }) {
      const headers: Record<string, string> = { "Content-Type": "application/json", "Idempotency-Key": id };
      if (token) headers.Authorization = `Bearer ${token}`;
      const answer = await post(url, { headers, body: JSON.stringify({ id, to, body }) });
      if (answer.status >= 200 && answer.status < 300) return sent(text(answer.body.id));
      const means = Object.entries(HTTP_CODES).find(([code]) => code === answer.body.code)?.[1];
      return classifyHttp(answer.status, means);
    },
  };
}

type TwilioAccount = { accountSid: string; authToken: string; from: string; baseUrl?: string; callbackUrl?: string };

/**
 * Twilio's Messages resource. `from` is a number or a messaging service (`MG…`). Twilio has no idempotency key for messages: after a
 * crash in the middle of a send, or an answer that got lost, one may arrive twice.
 * https://www.twilio.com/docs/messaging/api/message-resource
 */
export function twilioSms({
  accountSid,
  authToken,
  from,
  baseUrl = "https://api.twilio.com",
  callbackUrl,
}: TwilioAccount): SmsProvider {
  const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  // Twilio refuses an address that it cannot reach. The id comes back with each call, also with one that is faster than the answer.
  const callback = (id: string): Record<string, string> =>
    callbackUrl?.startsWith("https://") ? { StatusCallback: `${callbackUrl}?notification=${id}` } : {};
  return {
    name: "twilio",
    atOnce: SMS_AT_ONCE,
    async send({ id, to, body }) {
      const sender: Record<string, string> = from.startsWith("MG") ? { MessagingServiceSid: from } : { From: from };
      const answer = await post(url, {
        headers: { Authorization: authorization },
        body: new URLSearchParams({ To: to, Body: body, ...sender, ...callback(id) }),
      });
      if (answer.status === 201 || answer.status === 200) return sent(text(answer.body.sid));
      const code = typeof answer.body.code === "number" ? answer.body.code : undefined;
      return classifyHttp(answer.status, twilioMeans(code), code ? `twilio_${code}` : undefined);
    },
  };
}
