import { createHmac, timingSafeEqual } from "node:crypto";

/** A signature is good for so long after it was made; longer ago it is somebody's copy. */
const MAX_AGE_SECONDS = 300;

const equal = (given: string, made: string) => {
  const [one, other] = [Buffer.from(given), Buffer.from(made)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/**
 * `X-Slotwell-Signature: t=<epoch seconds>,v1=<hex>`: HMAC-SHA256 of `t.body` under the shared secret, made within five minutes.
 * Several `v1` may stand there while the secret is changed.
 */
export function isSignedByUs(secret: string, header: string | null, body: Buffer, now: Date): boolean {
  const parts = (header ?? "").split(",").map((part) => part.trim().split("="));
  const at = parts.find(([name]) => name === "t")?.[1] ?? "";
  if (!/^\d{1,12}$/.test(at) || Math.abs(now.getTime() / 1_000 - Number(at)) > MAX_AGE_SECONDS) return false;
  const made = createHmac("sha256", secret).update(`${at}.`).update(body).digest("hex");
  return parts.some(([name, value]) => name === "v1" && equal(value ?? "", made));
}

/**
 * Twilio's `X-Twilio-Signature`: base64 of HMAC-SHA1, under the account's token, of the address as Twilio knows it and all parameters in
 * order of name. https://www.twilio.com/docs/usage/security#validating-requests
 */
export function isSignedByTwilio(
  authToken: string,
  header: string | null,
  url: string,
  form: URLSearchParams,
): boolean {
  const names = [...new Set(form.keys())].sort();
  const text = names.reduce(
    (sum, name) => sum + [...new Set(form.getAll(name))].map((value) => name + value).join(""),
    url,
  );
  return equal(header ?? "", createHmac("sha1", authToken).update(text, "utf8").digest("base64"));
}
