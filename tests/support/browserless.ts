import http from "node:http";
import { ACCOUNTS, PASSWORD } from "./e2e";

// Requests to the running server without a browser: for tests of what anybody can send.

export type Answer = { status: number; headers: http.IncomingHttpHeaders; text: string };
type Sent = { method?: string; headers?: Record<string, string>; body?: string };

/** As `fetch`, but that it sends any Origin and Host, and follows nothing. */
export function send(address: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = http.request(address, { method, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

const BOUNDARY = "----doors";
/** A form's body as browsers send it. */
export const multipart = (fields: readonly (readonly [string, string])[]) => ({
  headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
  body: `${fields.map(([name, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--${BOUNDARY}--\r\n`,
});

const unescaped = (html: string) => html.replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&#x27;", "'");

/** Signs in by the form as it is before JavaScript has loaded; gives the cookies. */
export async function cookieFor(base: string, account: keyof typeof ACCOUNTS): Promise<string> {
  const page = await send(`${base}/sign-in`);
  const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)];
  const fields = [
    ...hidden.map(([, name = "", value = ""]) => [unescaped(name), unescaped(value)] as const),
    ["email", ACCOUNTS[account]] as const,
    ["password", PASSWORD] as const,
  ];
  const { headers, body } = multipart(fields);
  const answer = await send(`${base}/sign-in`, { method: "POST", headers: { ...headers, origin: base }, body });
  const cookies = (answer.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]);
  if (!cookies.some((cookie) => cookie?.includes("session-token")))
    throw new Error(`${account} is not signed in: ${answer.status}`);
  return cookies.join("; ");
}

/** A bearer token of the REST API. */
export async function tokenFor(base: string, account: keyof typeof ACCOUNTS): Promise<string> {
  const credentials = JSON.stringify({ email: ACCOUNTS[account], password: PASSWORD });
  const headers = { "content-type": "application/json" };
  const answer = await send(`${base}/api/v1/auth/token`, { method: "POST", headers, body: credentials });
  return (JSON.parse(answer.text) as { accessToken: string }).accessToken;
}

type Value = Record<string, unknown> & { id: string; items: Value[] };
export async function ask(base: string, token: string, url: string): Promise<Value> {
  const { status, text } = await send(`${base}/api/v1${url}`, { headers: { authorization: `Bearer ${token}` } });
  if (status !== 200) throw new Error(`GET ${url}: ${status} ${text.slice(0, 200)}`);
  return JSON.parse(text) as Value;
}
