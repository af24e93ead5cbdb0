import { giveUp, retryLater, SEND_TIMEOUT_MS, type SendOutcome, type SmsProvider, sent } from "./provider";

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

/** Other 4xx speak of this message; refused credentials and a wrong address of the service are ours to mend. */
export function classifyHttp(status: number): SendOutcome {
  if (status === 0) return retryLater("http_unreachable");
  const isLasting = status >= 400 && status < 500 && ![401, 403, 404, 405, 408, 425, 429].includes(status);
  return isLasting ? giveUp(`http_${status}`) : retryLater(`http_${status}`);
}

const text = (value: unknown) => (typeof value === "string" ? value : null);

/**
 * Any service that takes `POST {to, body, id}` as JSON with a bearer token. The ledger's id also stands in `Idempotency-Key`: a
 * service that honours it sends once, however often we ask. A JSON answer's `id` is kept.
 */
export function httpSms({ url, token }: { url: string; token?: string }): SmsProvider {
  return {
    name: "http",
    async send({ id, to, body }) {
      const headers: Record<string, string> = { "Content-Type": "application/json", "Idempotency-Key": id };
      if (token) headers.Authorization = `Bearer ${token}`;
      const answer = await post(url, { headers, body: JSON.stringify({ id, to, body }) });
      return answer.status >= 200 && answer.status < 300 ? sent(text(answer.body.id)) : classifyHttp(answer.status);
    },
  };
}

type TwilioAccount = { accountSid: string; authToken: string; from: string; baseUrl?: string };

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
}: TwilioAccount): SmsProvider {
  const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  return {
    name: "twilio",
    async send({ to, body }) {
      const sender: Record<string, string> = from.startsWith("MG") ? { MessagingServiceSid: from } : { From: from };
      const answer = await post(url, {
        headers: { Authorization: authorization },
        body: new URLSearchParams({ To: to, Body: body, ...sender }),
      });
      return answer.status === 201 || answer.status === 200 ? sent(text(answer.body.sid)) : classifyHttp(answer.status);
    },
  };
}
