import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { LocalLimiter } from "@/lib/platform/rate-limit-local";
import { listMessageFiles } from "../message-files";
import { fileMail, fileSms } from "./files";
import { httpSms, twilioSms } from "./http-sms";
import { pacedBy } from "./pace";
import type { OutgoingMail } from "./provider";
import { type SmtpSettings, smtpMail, smtpOptions } from "./smtp";

const closing: Array<() => void> = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const mail: OutgoingMail = {
  id: "0198c0de-0000-7000-8000-000000000001",
  from: "Clínica <no-reply@clinic.test>",
  to: "ana@example.test",
  subject: "Ваша запись – déjà",
  text: `Olá = até 17:30\n${"long ".repeat(40)}\nhttps://clinic.test/visits/1?a=b&c=d\n`,
  html: "<p>x</p>",
  calendar: { method: "REQUEST", content: "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR" },
};
const sms = { id: "0198c0de-0000-7000-8000-000000000002", to: "+12125550100", body: "Hi & bye", at: new Date(0) };

it("writes messages as files that can be read back, one per id", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "slotwell-files-"));
  closing.push(() => rmSync(folder, { recursive: true }));
  await Promise.all([fileMail(folder).send(mail), fileMail(folder).send(mail)]);
  await fileMail(folder).send(mail);
  await fileSms(folder).send(sms);
  expect(readdirSync(path.join(folder, "mail"))).toEqual([`${mail.id}.eml`]);
  expect(JSON.parse(readFileSync(path.join(folder, "sms", `${sms.id}.json`), "utf8"))).toEqual({
    id: sms.id,
    to: sms.to,
    body: sms.body,
    notificationId: sms.id,
    at: "1970-01-01T00:00:00.000Z",
  });
  const eml = readFileSync(path.join(folder, "mail", `${mail.id}.eml`), "utf8");
  expect(eml).toContain(`Message-ID: <${mail.id}@clinic.test>`);
  expect(eml).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
  const listed = await listMessageFiles(folder);
  const read = listed.find((file) => file.channel === "email");
  expect(read).toMatchObject({
    to: mail.to,
    subject: mail.subject,
    calendar: mail.calendar?.content.replaceAll("\r\n", "\n") ?? null,
  });
  expect(read?.text.trim()).toBe(mail.text.trim());
  expect(listed.find((file) => file.channel === "sms")).toMatchObject({ to: sms.to, text: sms.body });
});

type Seen = { headers: IncomingMessage["headers"]; url?: string; body: string };

async function webServer(status: number, answer: string): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      seen.push({ headers: request.headers, url: request.url, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { "Content-Type": "application/json" }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

describe("SMS over HTTP", () => {
  it("gives the service the ledger's id as idempotency key", async () => {
    const { url, seen } = await webServer(202, '{"id":"abc"}');
    expect(await httpSms({ url, token: "secret" }).send(sms)).toEqual({ ok: true, providerMessageId: "abc" });
    expect(seen[0]?.headers).toMatchObject({ "idempotency-key": sms.id, authorization: "Bearer secret" });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ id: sms.id, to: sms.to, body: sms.body });
  });

  it("speaks Twilio's form", async () => {
    const { url, seen } = await webServer(201, '{"sid":"SM1"}');
    const account = { accountSid: "AC1", authToken: "t", baseUrl: url };
    expect(await twilioSms({ ...account, from: "+1555" }).send(sms)).toEqual({ ok: true, providerMessageId: "SM1" });
    await twilioSms({ ...account, from: "MG9" }).send(sms);
    expect(seen[0]?.url).toBe("/2010-04-01/Accounts/AC1/Messages.json");
    expect(seen.map(({ body }) => body)).toEqual([
      "To=%2B12125550100&Body=Hi+%26+bye&From=%2B1555",
      "To=%2B12125550100&Body=Hi+%26+bye&MessagingServiceSid=MG9",
    ]);
  });

  it.each([
    [400, "give_up"],
    [422, "give_up"],
    [401, "hold"],
    [404, "hold"],
    [408, "retry"],
    [429, "retry"],
    [500, "retry"],
  ])("takes %d as %s", async (status, next) => {
    const { url } = await webServer(status, "no json");
    expect(await httpSms({ url }).send(sms)).toEqual({ ok: false, next, errorClass: `http_${status}` });
  });

  it.each([
    [400, 21610, { next: "stop", errorClass: "switched_off" }],
    [400, 21211, { next: "suppress", errorClass: "no_such_address" }],
    [400, 21614, { next: "suppress" }],
    [400, 21606, { next: "hold", errorClass: "twilio_21606" }],
    [401, 20003, { next: "hold" }],
    [429, 20429, { next: "retry", errorClass: "twilio_20429" }],
    [503, 20503, { next: "retry" }],
    [400, 21617, { next: "give_up", errorClass: "twilio_21617" }],
  ])("takes Twilio's %d with code %d as it is meant", async (status, code, outcome) => {
    const { url } = await webServer(status, JSON.stringify({ code, message: "the words of +12125550100" }));
    const provider = twilioSms({ accountSid: "AC1", authToken: "t", from: "+1555", baseUrl: url });
    const answer = await provider.send(sms);
    expect(answer).toMatchObject({ ok: false, ...outcome });
    expect(JSON.stringify(answer)).not.toContain("+1212");
  });

  it("takes the generic provider's word for why", async () => {
    const { url } = await webServer(422, '{"code":"invalid_number"}');
    expect(await httpSms({ url }).send(sms)).toMatchObject({ next: "suppress" });
    const other = await webServer(422, '{"code":"unsubscribed"}');
    expect(await httpSms({ url: other.url }).send(sms)).toMatchObject({ next: "stop" });
  });

  it("tells Twilio where to call with what becomes of it, where it can reach us", async () => {
    const { url, seen } = await webServer(201, '{"sid":"SM1"}');
    const account = { accountSid: "AC1", authToken: "t", from: "+1555", baseUrl: url };
    await twilioSms({ ...account, callbackUrl: "https://clinic.test/api/v1/webhooks/sms" }).send(sms);
    await twilioSms({ ...account, callbackUrl: "http://localhost:3000/api/v1/webhooks/sms" }).send(sms);
    const asked = seen.map(({ body }) => new URLSearchParams(body).get("StatusCallback"));
    expect(asked).toEqual([`https://clinic.test/api/v1/webhooks/sms?notification=${sms.id}`, null]);
  });

  it("tries again where nobody answers", async () => {
    const outcome = await httpSms({ url: "http://127.0.0.1:1" }).send(sms);
    expect(outcome).toEqual({ ok: false, next: "retry", errorClass: "http_unreachable" });
  });
});

/** An SMTP server that answers each command by its first word; `DATA` keeps the mail. */
async function smtpServer(answers: Record<string, string>): Promise<{ url: string; mails: string[] }> {
  const mails: string[] = [];
  const server = createTcpServer((socket) => {
    let pending = "";
    let isData = false;
    socket.on("error", () => undefined);
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      pending += chunk.toString("latin1");
      const end = isData ? "\r\n.\r\n" : "\r\n";
      for (let at = pending.indexOf(end); at >= 0; at = pending.indexOf(isData ? "\r\n.\r\n" : "\r\n")) {
        const unit = pending.slice(0, at);
        pending = pending.slice(at + (isData ? 5 : 2));
        if (isData) mails.push(unit);
        const word = isData ? "BODY" : (unit.split(/[ :]/)[0]?.toUpperCase() ?? "");
        isData = word === "DATA";
        socket.write(`${answers[word] ?? (word === "DATA" ? "354 go on" : "250 ok")}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails };
}

describe("mail over SMTP", () => {
  const provider = (url: string, settings: Partial<SmtpSettings> = {}) => {
    const made = smtpMail({ url, ...settings });
    closing.push(() => made.close());
    return made;
  };

  it("sends with the ledger's id in Message-ID", async () => {
    const { url, mails } = await smtpServer({});
    expect(await provider(url).send(mail)).toMatchObject({ ok: true, providerMessageId: `<${mail.id}@clinic.test>` });
    expect(mails[0]).toContain(`X-Slotwell-Notification: ${mail.id}`);
  });

  it.each([
    ["RCPT", "550 no such user", { next: "give_up", errorClass: "smtp_550" }],
    ["RCPT", "450 busy", { next: "retry", errorClass: "smtp_450" }],
    ["RCPT", "550 5.1.1 no such user", { next: "suppress", errorClass: "no_such_address" }],
    ["RCPT", "550 5.1.10 no such domain", { next: "suppress" }],
    ["RCPT", "550 5.7.1 refused by policy", { next: "give_up", errorClass: "smtp_550" }],
    ["RCPT", "553 5.1.8 your domain is unknown", { next: "give_up" }],
    ["RCPT", "452 4.2.2 mailbox full", { next: "retry", errorClass: "smtp_452" }],
    ["MAIL", "550 this sender may not", { next: "hold", errorClass: "smtp_550" }],
    ["MAIL", "530 sign in first", { next: "hold", errorClass: "smtp_530" }],
    ["BODY", "554 refused", { next: "give_up", errorClass: "smtp_554" }],
    ["BODY", "451 later", { next: "retry", errorClass: "smtp_451" }],
    ["EHLO", "421 closing", { next: "retry" }],
  ])("takes an answer to %s of %s as it is meant", async (word, answer, outcome) => {
    const { url } = await smtpServer({ [word]: answer, HELO: answer });
    expect(await provider(url).send(mail)).toMatchObject({ ok: false, ...outcome });
  });

  it("waits where nobody is there, and gives up on what is no address", async () => {
    expect(await provider("smtp://127.0.0.1:1").send(mail)).toMatchObject({ next: "retry" });
    const { url } = await smtpServer({});
    expect(await provider(url).send({ ...mail, to: "not an address" })).toMatchObject({ next: "give_up" });
  });

  it("signs in as it is told, and holds mails back where it may not", async () => {
    const greeting = "250-test\r\n250 AUTH PLAIN LOGIN";
    const taken = await smtpServer({ EHLO: greeting, AUTH: "235 welcome" });
    const url = (at: string) => at.replace("//", "//user:secret@");
    expect(await provider(url(taken.url), { SMTP_AUTH: "plain" }).send(mail)).toMatchObject({ ok: true });
    const refusing = await smtpServer({ EHLO: greeting, AUTH: "535 5.7.8 not you" });
    expect(await provider(url(refusing.url)).send(mail)).toMatchObject({ next: "hold", errorClass: "smtp_535" });
    expect([taken.mails.length, refusing.mails.length]).toEqual([1, 0]);
  });

  it("sends nothing in the clear where encryption is required", async () => {
    const plain = await smtpServer({ EHLO: "250 test", STARTTLS: "502 unknown" });
    expect(await provider(plain.url, { SMTP_TLS: "required" }).send(mail)).toMatchObject({ ok: false, next: "hold" });
    expect(plain.mails).toHaveLength(0);
    const offering = await smtpServer({ EHLO: "250-test\r\n250 STARTTLS", STARTTLS: "454 not now" });
    expect(await provider(offering.url, { SMTP_TLS: "none" }).send(mail)).toMatchObject({ ok: true });
  });

  it("takes OAuth2's keys in place of a password", () => {
    const settings = { SMTP_AUTH: "oauth2", SMTP_OAUTH_CLIENT_ID: "id", SMTP_OAUTH_CLIENT_SECRET: "s" } as const;
    expect(smtpOptions({ url: "smtps://me%40x.test@mail.test", ...settings, SMTP_OAUTH_REFRESH_TOKEN: "r" })).toEqual({
      url: "smtps://mail.test",
      auth: { type: "OAuth2", user: "me@x.test", clientId: "id", clientSecret: "s", refreshToken: "r" },
    });
  });
});

describe("a provider's pace", () => {
  it("delays what comes too fast, and drops nothing", async () => {
    const local = new LocalLimiter(4, 200);
    const take = (async () => ({ ...local.take("provider", Date.now()), limit: 4, resetSeconds: 1 })) as never;
    const turn = pacedBy({ email: 20, sms: undefined }, take);
    const began = performance.now();
    const turns = await Promise.all(Array.from({ length: 12 }, () => turn("email")));
    expect(turns).toEqual(Array(12).fill(true));
    expect(performance.now() - began).toBeGreaterThan(350);
    expect(await turn("sms")).toBe(true);
  });
});
