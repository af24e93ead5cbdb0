import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { isSignedByTwilio, isSignedByUs } from "./webhook-signature";

const now = new Date("2031-05-14T12:00:00Z");
const body = Buffer.from('{"from":"+12125550142","body":"YES"}');
const sign = (secret: string, at: number, text: Buffer) =>
  `t=${at},v1=${createHmac("sha256", secret).update(`${at}.`).update(text).digest("hex")}`;
const seconds = now.getTime() / 1_000;

it("takes what was signed with the secret within five minutes, and nothing else", () => {
  const good = sign("s".repeat(32), seconds - 200, body);
  expect(isSignedByUs("s".repeat(32), good, body, now)).toBe(true);
  expect(isSignedByUs("s".repeat(32), `${good},v1=00`, body, now)).toBe(true);
  expect(isSignedByUs("t".repeat(32), good, body, now)).toBe(false);
  expect(isSignedByUs("s".repeat(32), good, Buffer.from("{}"), now)).toBe(false);
  for (const at of [seconds - 301, seconds + 301])
    expect(isSignedByUs("s".repeat(32), sign("s".repeat(32), at, body), body, now)).toBe(false);
  for (const header of [null, "", "v1=ab", "t=x,v1=ab", `t=${seconds}`, `t=${seconds},v1=`])
    expect(isSignedByUs("s".repeat(32), header, body, now)).toBe(false);
});

it("checks Twilio's signature as its documentation does", () => {
  // The example of Twilio's page on validating requests.
  const form = new URLSearchParams({
    ...{
      CallSid: "CA1234567890ABCDE",
      Caller: "+14158675309",
      Digits: "1234",
      From: "+14158675309",
      To: "+18005551212",
    },
  });
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  expect(isSignedByTwilio("12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, form)).toBe(true);
  expect(isSignedByTwilio("12346", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, form)).toBe(false);
  form.set("Digits", "1235");
  expect(isSignedByTwilio("12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, form)).toBe(false);
  expect(isSignedByTwilio("12345", null, url, form)).toBe(false);
});
