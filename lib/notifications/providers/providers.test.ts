import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { listMessageFiles } from "../message-files";
import { fileMail, fileSms } from "./files";
import { httpSms, twilioSms } from "./http-sms";
import type { OutgoingMail } from "./provider";
import { smtpMail } from "./smtp";

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
    [401, "retry"],
    [429, "retry"],
    [500, "retry"],
  ])("takes %d as %s", async (status, next) => {
    const { url } = await webServer(status, "no json");
    expect(await httpSms({ url }).send(sms)).toEqual({ ok: false, next, errorClass: `http_${status}` });
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
  const provider = (url: string) => {
    const made = smtpMail(url);
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
});
