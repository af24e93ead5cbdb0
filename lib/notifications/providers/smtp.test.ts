import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerAuthentication, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, it } from "vitest";
import { tlsFile } from "@/tests/support/tls-files";
import type { OutgoingMail } from "./provider";
import { type SmtpSettings, smtpMail } from "./smtp";

// The modes that clinics' mail servers know, each against a server that insists on it.

const closing: Array<() => void> = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

const mail: OutgoingMail = {
  ...{ id: "0198c0de-0000-7000-8000-000000000001", from: "Clinic <no-reply@clinic.test>", to: "ana@example.test" },
  ...{ subject: "Your visit", text: "At nine.\n", html: "<p>At nine.</p>" },
};
const certificateOf = (name: "server" | "elsewhere") => ({
  cert: readFileSync(tlsFile(`${name}.pem`)),
  key: readFileSync(tlsFile(`${name}.key`)),
});

type Known = Pick<SMTPServerAuthentication, "method" | "username" | "password" | "accessToken">;

/** A mail server that takes user "me@clinic.test" with password or token "right". `seen` is what it took: who came how, encrypted or not. */
async function server(options: SMTPServerOptions) {
  const seen: Array<{ method: string; isSecure: boolean; mail: string }> = [];
  const methods = new Map<string, string>();
  const isRight = ({ username, password, accessToken }: Known) =>
    username === "me@clinic.test" && (password ?? accessToken) === "right";
  const made = new SMTPServer({
    ...certificateOf("server"),
    onAuth: (auth, session, done) => {
      methods.set(session.id, auth.method);
      done(null, isRight(auth) ? { user: auth.username } : { data: { status: "401" } });
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const method = methods.get(session.id) ?? "nobody";
        seen.push({ method, isSecure: session.secure, mail: Buffer.concat(chunks).toString() });
        done();
      });
    },
    ...options,
  });
  made.on("error", () => undefined);
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  closing.push(() => made.close());
  const { port } = made.server.address() as AddressInfo;
  const url = (user = "me%40clinic.test:right") => `smtp${options.secure ? "s" : ""}://${user}@127.0.0.1:${port}`;
  return { url, seen };
}

function send(url: string, settings: Partial<SmtpSettings> = {}) {
  const provider = smtpMail({ url, ...settings });
  closing.push(() => provider.close());
  return provider.send(mail);
}

/** Gives a token for the refresh token "known". */
async function tokenServer(): Promise<string> {
  const web = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const isKnown = form.get("refresh_token") === "known" && form.get("client_secret") === "secret";
      response.writeHead(isKnown ? 200 : 400, { "Content-Type": "application/json" });
      response.end(JSON.stringify(isKnown ? { access_token: "right", expires_in: 3600 } : { error: "invalid_grant" }));
    });
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  closing.push(() => web.close());
  return `http://127.0.0.1:${(web.address() as AddressInfo).port}/token`;
}

const ca = { SMTP_CA_FILE: tlsFile("ca.pem") };
const required = { SMTP_TLS: "required", ...ca } as const;

it.each([
  ["no encryption, PLAIN", { disabledCommands: ["STARTTLS"], authMethods: ["PLAIN"] }, {}, "PLAIN", false],
  ["no encryption, LOGIN", { disabledCommands: ["STARTTLS"], authMethods: ["LOGIN"] }, {}, "LOGIN", false],
  ["encryption that we decline", { allowInsecureAuth: true }, { SMTP_TLS: "none" }, "PLAIN", false],
  ["STARTTLS, its best method", {}, required, "PLAIN", true],
  ["STARTTLS, LOGIN because we say so", {}, { ...required, SMTP_AUTH: "login" }, "LOGIN", true],
  ["TLS from the first byte", { secure: true }, ca, "PLAIN", true],
] as const)("sends over %s", async (_, options, settings, method, isSecure) => {
  const { url, seen } = await server({ allowInsecureAuth: !isSecure, ...(options as SMTPServerOptions) });
  expect(await send(url(), settings)).toMatchObject({ ok: true });
  expect(seen).toMatchObject([{ method, isSecure }]);
  expect(seen[0]?.mail).toContain(`Message-ID: <${mail.id}@clinic.test>`);
});

it.each([
  ["an authority that nobody knows", {}, { SMTP_TLS: "required" }, "smtp_certificate"],
  ["another authority", {}, { ...required, SMTP_CA_FILE: tlsFile("other-ca.pem") }, "smtp_certificate"],
  ["another name", certificateOf("elsewhere"), required, "smtp_certificate"],
  ["no encryption", { disabledCommands: ["STARTTLS"], allowInsecureAuth: true }, required, "smtp_500"],
] as const)("holds mails back before a server with %s", async (_, options, settings, errorClass) => {
  const { url, seen } = await server(options as SMTPServerOptions);
  expect(await send(url(), settings)).toEqual({ ok: false, next: "hold", errorClass });
  expect(seen).toEqual([]);
});

it("signs in with a token of OAuth2, and holds mails back where it gets none", async () => {
  const { url, seen } = await server({ authMethods: ["XOAUTH2"] });
  const settings = {
    ...required,
    SMTP_AUTH: "oauth2",
    SMTP_OAUTH_CLIENT_ID: "id",
    SMTP_OAUTH_CLIENT_SECRET: "secret",
    SMTP_OAUTH_TOKEN_URL: await tokenServer(),
  } as const;
  const user = url("me%40clinic.test");
  expect(await send(user, { ...settings, SMTP_OAUTH_REFRESH_TOKEN: "known" })).toMatchObject({ ok: true });
  expect(seen).toMatchObject([{ method: "XOAUTH2", isSecure: true }]);

  expect(await send(user, { ...settings, SMTP_OAUTH_REFRESH_TOKEN: "ended" })).toMatchObject({ next: "hold" });
  const other = url("other%40clinic.test");
  expect(await send(other, { ...settings, SMTP_OAUTH_REFRESH_TOKEN: "known" })).toMatchObject({ next: "hold" });
  expect(seen).toHaveLength(1);
});
