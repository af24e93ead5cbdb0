import { createServer, get, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, it } from "vitest";
import { gatherWrites } from "./gather-writes";

/** What arrives of an answer, and in how many packets it was sent. */
async function answer(respond: (response: ServerResponse) => Promise<void>) {
  let packets = 0;
  const server = createServer((_, response) => {
    const socket = response.socket as Socket;
    const { _write: one, _writev: many } = socket;
    socket._write = (...args) => {
      packets++;
      one.apply(socket, args);
    };
    socket._writev = (...args) => {
      packets++;
      many?.apply(socket, args);
    };
    gatherWrites(response);
    void respond(response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const text = await new Promise<string>((resolve, reject) => {
    get({ port: (server.address() as AddressInfo).port, agent: false }, (response) => {
      let said = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (said += part));
      response.on("end", () => resolve(said));
    }).on("error", reject);
  });
  server.close();
  return { text, packets };
}

it("sends headers, chunks and end of a short answer at once", async () => {
  const { text, packets } = await answer(async (response) => {
    response.flushHeaders();
    response.write("one ");
    await Promise.resolve();
    response.write("two");
    await Promise.resolve();
    response.end();
  });
  expect([text, packets]).toEqual(["one two", 1]);
});

it("keeps nothing back while the rest is awaited, and takes more than a socket holds", async () => {
  const large = "x".repeat(3_000_000);
  let isFirstSeen = false;
  const { text } = await answer(async (response) => {
    const socket = response.socket as Socket;
    response.write("first ");
    for (let turn = 0; turn < 100 && socket.bytesWritten === 0; turn++) await new Promise(setImmediate);
    isFirstSeen = socket.bytesWritten > 0;
    if (!response.write(large)) await new Promise((drained) => response.once("drain", drained));
    response.end(" last");
  });
  expect(isFirstSeen).toBe(true);
  expect(text).toBe(`first ${large} last`);
});
