import { randomBytes } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gzip as gzipWithCallback } from "node:zlib";

const gzip = promisify(gzipWithCallback);

/** Pages that look the same to everybody who is not signed in. */
const PUBLIC_PAGES = new Set(["/", "/find", "/help"]);
/** Cookies that change a page's looks and tell nothing of who asks; any other cookie is somebody's. */
const LOOKS = new Set(["theme", "locale"]);
/** A time that has been taken meanwhile shows so long; booking it is refused with the nearest others, as always. */
const KEPT_MS = 1_000;
const MAX_PAGES = 200;
const MAX_KEY_LENGTH = 1_000;

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Page = { headers: OutgoingHttpHeaders; body: string; nonce: string };
type Kept = { until: number; page: Promise<Page | null> };

/** What makes two requests ask for the same page; null where the answer may be one person's alone. */
export function pageKey({
  method,
  url = "",
  headers,
}: Pick<IncomingMessage, "method" | "url" | "headers">): string | null {
  const [path = "", query = ""] = url.split("?");
  if (method !== "GET" || !PUBLIC_PAGES.has(path)) return null;
  if (
    headers.authorization ||
    headers.range ||
    headers.rsc ||
    headers["next-router-state-tree"] ||
    headers["next-router-prefetch"]
  )
    return null;
  const cookies = (headers.cookie ?? "")
    .split(";")
    .map((cookie) => cookie.trim())
    .filter(Boolean);
  if (cookies.some((cookie) => !LOOKS.has(cookie.split("=")[0] ?? ""))) return null;
  const parts = [
    path,
    query,
    headers.host,
    headers["x-forwarded-host"],
    headers["x-forwarded-proto"],
    headers["accept-language"],
    ...cookies.sort(),
  ];
  const key = parts.join("\n");
  return key.length <= MAX_KEY_LENGTH ? key : null;
}

const nonceOf = (headers: OutgoingHttpHeaders) =>
  /'nonce-([^']+)'/.exec(String(headers["content-security-policy"] ?? ""))?.[1];

/** Lets `handle` answer, and keeps what it said; null where that is not a page that others may be shown. */
function capture(handle: Handle, request: IncomingMessage, response: ServerResponse): Promise<Page | null> {
  // The text is needed as it is; a copy that goes out is compressed again.
  delete request.headers["accept-encoding"];
  const chunks: Buffer[] = [];
  const { write, end } = response;
  const take = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === "string")
      chunks.push(Buffer.from(chunk, (typeof encoding === "string" ? encoding : "utf8") as BufferEncoding));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  response.write = ((...args: unknown[]) => {
    take(args[0], args[1]);
    return write.apply(response, args as Parameters<typeof write>);
  }) as typeof write;
  response.end = ((...args: unknown[]) => {
    take(args[0], args[1]);
    return end.apply(response, args as Parameters<typeof end>);
  }) as typeof end;
  return new Promise((resolve) => {
    response.once("close", () => resolve(null));
    response.once("finish", () => {
      const headers = response.getHeaders();
      const nonce = nonceOf(headers);
      const isShared =
        response.statusCode === 200 &&
        !headers["set-cookie"] &&
        nonce &&
        String(headers["content-type"]).startsWith("text/html");
      const {
        date: _,
        connection: __,
        "keep-alive": ___,
        "transfer-encoding": ____,
        "content-length": _____,
        ...kept
      } = headers;
      resolve(isShared ? { headers: kept, body: Buffer.concat(chunks).toString("utf8"), nonce } : null);
    });
    handle(request, response).catch(() => {
      resolve(null);
      response.destroy();
    });
  });
}

/** The page with a nonce of its own, as if it had been made for this request. */
async function send({ headers, body, nonce }: Page, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const own = randomBytes(16).toString("base64");
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.setHeader("content-security-policy", String(headers["content-security-policy"]).replaceAll(nonce, own));
  if (headers.link) response.setHeader("link", String(headers.link).replaceAll(nonce, own));
  const text = Buffer.from(body.replaceAll(nonce, own));
  if (!/\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""))) return void response.end(text);
  const packed = await gzip(text, { level: constants.Z_BEST_SPEED });
  response.setHeader("content-encoding", "gzip");
  response.end(packed);
}

/**
 * Answers many who ask for the same public page at once with one rendering of it, at most a second old, each with a nonce of its own.
 * Whoever carries a cookie that could be a sign-in is always rendered for.
 */
export function sharePages(handle: Handle, now: () => number = () => performance.now()): Handle {
  const pages = new Map<string, Kept>();
  return async (request, response) => {
    const key = pageKey(request);
    if (key === null) return handle(request, response);
    const known = pages.get(key);
    if (known && known.until > now()) {
      const page = await known.page;
      return page ? send(page, request, response) : handle(request, response);
    }
    const made = capture(handle, request, response);
    const kept: Kept = { until: Number.POSITIVE_INFINITY, page: made };
    pages.delete(key);
    pages.set(key, kept);
    if (pages.size > MAX_PAGES) pages.delete(pages.keys().next().value as string);
    // Counted from when it is done: those who come while it is made wait for it.
    kept.until = (await made) ? now() + KEPT_MS : 0;
  };
}
