import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export type Accepted = { to: string; at: number; asked: number };

/**
 * A provider of short messages that honours idempotency keys: the first request of a key is a message, any other the same answer again. It answers
 * after `answerMs`.
 */
export async function fakeSmsProvider(answerMs = 0) {
  const accepted = new Map<string, Accepted>();
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { to } = JSON.parse(Buffer.concat(parts).toString("utf8")) as { to: string };
    const key = String(request.headers["idempotency-key"]);
    const known = accepted.get(key);
    if (known) known.asked++;
    else accepted.set(key, { to, at: Date.now(), asked: 1 });
    await sleep(answerMs);
    response.setHeader("content-type", "application/json").end(JSON.stringify({ id: `fake-${key}` }));
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    accepted,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
