import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { type Anchor, folderAnchors, nothingYet } from "./anchors";
import { postAnchors, sinkState } from "./post-anchors";

type Taken = { chain: string; anchors: Anchor[] };
const taken: Taken[] = [];
let status = 200;
const tokens = new Set<string | undefined>();
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    tokens.add(request.headers.authorization);
    if (status === 200) taken.push(JSON.parse(body));
    response.writeHead(status).end("a long no ".repeat(10));
  });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => void server.close());
const sink = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/anchors`, token: "t".repeat(20) };

const at = (minute: number) => new Date(Date.UTC(2031, 0, 1, 0, minute));
const anchor = (number: number): Anchor => ({
  ...{ number, kind: "rows", lastId: number, rows: 1, at: at(number).toISOString() },
  ...{ hash: number.toString(16).padStart(64, "0"), keyId: null, mac: null },
});
const numbers = () => taken.splice(0).flatMap(({ anchors }) => anchors.map(({ number }) => number));

it("sends each anchor in its order, keeps what was refused, says since when, and catches up", async () => {
  const store = folderAnchors(mkdtempSync(path.join(tmpdir(), "slotwell-sink-")));
  expect(await sinkState(store.place)).toBeNull();
  await store.begin("audit_log", nothingYet(at(0), "the first seal"));
  await store.append("audit_log", [anchor(1), anchor(2)]);
  expect(await postAnchors(store, sink, at(3))).toBe(3);
  expect(numbers()).toEqual([0, 1, 2]);
  expect([...tokens]).toEqual([`Bearer ${sink.token}`]);
  expect(await postAnchors(store, sink, at(4))).toBe(0);

  status = 503;
  await store.append("audit_log", [anchor(3)]);
  await expect(postAnchors(store, sink, at(5))).rejects.toThrow("503");
  await expect(postAnchors(store, sink, at(6))).rejects.toThrow("503");
  expect(await sinkState(store.place)).toMatchObject({
    failingSince: at(5).toISOString(),
    posted: { audit_log: { number: 2 } },
  });
  // Sealing goes on meanwhile: the folder takes what the sink does not.
  await store.append(
    "audit_log",
    Array.from({ length: 1_200 }, (_, index) => anchor(4 + index)),
  );

  status = 200;
  expect(await postAnchors(store, sink, at(7))).toBe(1_201);
  expect(numbers()).toEqual(Array.from({ length: 1_201 }, (_, index) => 3 + index));
  expect(await sinkState(store.place)).toEqual({ posted: { audit_log: { number: 1_203, hash: anchor(1_203).hash } } });

  await store.begin("audit_log", nothingYet(at(8), "restored a backup"));
  expect(await postAnchors(store, sink, at(9))).toBe(1);
  expect(numbers()).toEqual([0]);
});

it("takes nobody at the address for a no, and follows no redirect", async () => {
  const store = folderAnchors(mkdtempSync(path.join(tmpdir(), "slotwell-sink-")));
  await store.begin("access_log", nothingYet(at(0), "the first seal"));
  await expect(postAnchors(store, { ...sink, url: "http://127.0.0.1:1/" }, at(1))).rejects.toThrow("nothing");
  status = 307;
  await expect(postAnchors(store, sink, at(1))).rejects.toThrow("answers");
  expect(await sinkState(store.place)).toMatchObject({ failingSince: at(1).toISOString() });
});
