import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { pageKey, sharePages } from "./page-cache";

const servers: Server[] = [];
afterEach(() => void servers.splice(0).map((server) => server.close()));

/** A site whose pages say how often they were made and name the nonce of their policy. */
async function site(answer: (response: ServerResponse, made: number) => void, now?: () => number) {
  let made = 0;
  const handle = async (_request: IncomingMessage, response: ServerResponse) => {
    made++;
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-security-policy", `script-src 'nonce-made${made}'`);
    answer(response, made);
  };
  const shared = sharePages(handle, now);
  const server = createServer((request, response) => void shared(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const reply = await fetch(base + path, { headers });
    return { text: await reply.text(), policy: reply.headers.get("content-security-policy") ?? "" };
  };
  return { get, count: () => made };
}

const page = (response: ServerResponse, made: number) => void response.end(`<script nonce="made${made}">é</script>`);

it("makes a page once for all who ask at the same time, each with a nonce of its own that its policy names", async () => {
  const { get, count } = await site((response, made) => setTimeout(() => page(response, made), 30));
  const replies = await Promise.all(Array.from({ length: 20 }, () => get("/find?a=1")));
  expect(count()).toBe(1);
  const nonces = replies.map(({ text, policy }) => {
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1];
    expect(policy).toBe(`script-src 'nonce-${nonce}'`);
    expect(text).toContain("é");
    return nonce;
  });
  expect(new Set(nonces).size).toBe(20);
});

it("makes it anew after a second, and for another address, language or look", async () => {
  let at = 0;
  const { get, count } = await site(page, () => at);
  await get("/find");
  await get("/find");
  expect(count()).toBe(1);
  await get("/find?where=1");
  await get("/find", { "accept-language": "fr" });
  await get("/find", { cookie: "theme=dark" });
  expect(count()).toBe(4);
  at = 1_001;
  await get("/find");
  expect(count()).toBe(5);
});

it("never shares what may be one person's: a sign-in, a token, an answer that sets a cookie, an error", async () => {
  const { get, count } = await site(page);
  for (let turn = 0; turn < 2; turn++) {
    await get("/find", { cookie: "next-auth.session-token=x" });
    await get("/find", { authorization: "Bearer x" });
    await get("/visits");
    await get("/find", { rsc: "1" });
  }
  expect(count()).toBe(8);

  const setting = await site((response, made) => {
    response.setHeader("set-cookie", "a=b");
    page(response, made);
  });
  await setting.get("/find");
  await setting.get("/find");
  expect(setting.count()).toBe(2);

  const failing = await site((response, made) => {
    response.statusCode = 503;
    page(response, made);
  });
  await failing.get("/find");
  await failing.get("/find");
  expect(failing.count()).toBe(2);
});

it("keeps no key that could fill the memory", () => {
  expect(pageKey({ method: "GET", url: `/find?${"x".repeat(2_000)}`, headers: {} })).toBeNull();
  expect(pageKey({ method: "POST", url: "/find", headers: {} })).toBeNull();
});
