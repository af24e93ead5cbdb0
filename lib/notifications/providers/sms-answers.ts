import type { Next } from "./provider";
import { giveUp, holdBack, retryLater, type SendOutcome, stopped, suppressed } from "./provider";

/** Where providers bring replies, and tell what became of messages. */
export const SMS_WEBHOOK_PATH = "/api/v1/webhooks/sms";

// https://www.twilio.com/docs/api/errors
/** No mobile number, an unknown or a switched-off one, a landline. 30003 (out of reach) may pass. */
const NO_NUMBER = new Set([21211, 21214, 21217, 21614, 30005, 30006]);
/** The recipient has answered STOP to this sender. */
const UNSUBSCRIBED = new Set([21610]);
/** Account, credentials, or a sender that may not send. */
const OUR_FAULT = new Set([20003, 20005, 21212, 21603, 21606, 21659, 30002]);
const LATER = new Set([20429, 30001, 30003, 30008, 30017]);

/** What a code of Twilio's means for the address and the message; undefined where only the status counts. */
export function twilioMeans(code: number | undefined): Next | undefined {
  if (code === undefined) return undefined;
  if (UNSUBSCRIBED.has(code)) return "stop";
  if (NO_NUMBER.has(code)) return "suppress";
  if (OUR_FAULT.has(code)) return "hold";
  return LATER.has(code) ? "retry" : undefined;
}

/** The words of the generic provider, in its answers and its calls. */
export const HTTP_CODES = { invalid_number: "suppress", unsubscribed: "stop" } as const satisfies Record<string, Next>;

/** Other 4xx speak of this message; refused credentials and a wrong address of the service are ours to mend. */
export function classifyHttp(status: number, means?: Next, code = `http_${status}`): SendOutcome {
  if (means === "stop") return stopped();
  if (means === "suppress") return suppressed();
  if (means === "hold" || [401, 403, 404, 405].includes(status)) return holdBack(code);
  if (status === 0) return retryLater("http_unreachable");
  const isLasting = status >= 400 && status < 500 && ![408, 425, 429].includes(status);
  return isLasting && means !== "retry" ? giveUp(code) : retryLater(code);
}
