import { beforeAll, describe, expect, it } from "vitest";
import { calls } from "@/app/api/v1/_calls";
import { seedDemo } from "@/db/seed/main";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";

const { db, url } = await testDb({ statementTimeoutMs: 120_000 });
Object.assign(process.env, { DATABASE_URL: url, SLOTWELL_MODE: "development", LOG_LEVEL: "silent" });

const signIn = (email: string, password = "demo-clinic-2026!") =>
  api("POST", "/auth/token", { body: { email, password } });
let admin = "";

beforeAll(async () => {
  await seedDemo(db, new Date());
  admin = (await signIn("admin@demo.test")).body.accessToken as string;
}, 120_000);

const lists = () => calls.filter(({ method, path, query }) => method === "GET" && query && !path.includes("{"));
const paged = async () => {
  const service = await api("GET", "/services?limit=1");
  const [{ id }] = service.body.items as unknown as [{ id: string }];
  return lists()
    .filter(({ query }) => query && "shape" in query && "limit" in (query.shape as object))
    .map(({ path }) => (path === "/slots" ? `/slots?serviceId=${id}&from=2027-01-04&to=2027-01-05&` : `${path}?`));
};
const whatIsWrong = async (path: string) => {
  const { status, body } = await api("GET", path, { token: admin });
  return [path, status, body.code, (body.errors as unknown as { path: string }[] | undefined)?.[0]?.path];
};

describe("every list", () => {
  it("takes a limit in plain digits only", async () => {
    for (const list of await paged()) {
      for (const limit of ["", "0", "1001", "-1", "1.5", "1e1", "0x10", "%205", "5&limit=6", "x"]) {
        const path = `${list}limit=${limit}`;
        expect(await whatIsWrong(path)).toEqual([path, 400, "validation_failed", "limit"]);
      }
    }
  });

  it("refuses a cursor that is none of its own", async () => {
    const id = "0190aaaa-0000-7000-8000-000000000000";
    const made = [[], ["x", 1, 2], [null], { a: 1 }, ["a\u0000", id], ["\ud800", id], ["\ud800", "b", id]];
    const cursors = ["", "garbage", "!!", ...made.map((v) => Buffer.from(JSON.stringify(v)).toString("base64url"))];
    for (const list of await paged()) {
      for (const cursor of cursors) {
        const path = `${list}cursor=${encodeURIComponent(cursor)}`;
        expect(await whatIsWrong(path)).toEqual([path, 400, "validation_failed", "cursor"]);
      }
    }
  });
});

it("names the parameter, not its parts, where a status is not known", async () => {
  expect((await whatIsWrong("/appointments?status=booked,nonsense")).at(-1)).toBe("status");
});

it("tells which methods a route has", async () => {
  const { status, headers } = await api("OPTIONS", "/holds");
  expect([status, headers.get("allow")]).toEqual([204, "OPTIONS, POST"]);
  expect((await api("OPTIONS", "/services")).headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
  expect((await api("DELETE", "/services")).headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
  expect((await api("POST", "/openapi.json", { body: {} })).body.code).toBe("method_not_allowed");
});

it("reads bodies that say they are JSON, and minds no type where there is none", async () => {
  const send = (type: string, body?: string) =>
    api("POST", "/locations", { token: admin, body, headers: { "content-type": type } });
  const place = (name: string) => JSON.stringify({ name, timeZone: "UTC" });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"]) {
    expect((await send(type, place("x"))).body.code).toBe("unsupported_media_type");
    expect((await send(type)).body.code).toBe("validation_failed");
  }
  expect((await send("application/json; charset=utf-8", place("Plain"))).status).toBe(201);
  expect((await send("application/merge-patch+json", place("Merged"))).status).toBe(201);
});

it("counts those too whose token is dead", async () => {
  const { status, headers } = await api("GET", "/me", { token: "dead" });
  expect([status, Number(headers.get("ratelimit-remaining")) > 0]).toEqual([401, true]);
});

it("tags what has no version by what it says", async () => {
  const tag = (await api("GET", "/me", { token: admin })).headers.get("etag") as string;
  expect(tag).toMatch(/^W\//);
  expect((await api("GET", "/me", { token: admin, headers: { "if-none-match": tag } })).status).toBe(304);
});

describe("tokens", () => {
  it("are kept by no cache", async () => {
    expect((await signIn("admin@demo.test")).headers.get("cache-control")).toBe("no-store");
  });

  it("that are not refresh tokens are dead ones, however long", async () => {
    const { status, body } = await api("POST", "/auth/refresh", { body: { refreshToken: admin } });
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
  });

  it("are refused after too many guesses, with the limit that was met", async () => {
    let reply = await signIn("nobody@nowhere.test", "a wrong password 0");
    for (let guess = 0; reply.status === 401 && guess < 100; guess += 1)
      reply = await signIn("nobody@nowhere.test", `a wrong password ${guess}`);
    expect([reply.status, reply.body.code]).toEqual([429, "rate_limited"]);
    const seconds = Number(reply.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(reply.headers.get("ratelimit-remaining")).toBe("0");
    expect(reply.headers.get("ratelimit-reset")).toBe(String(seconds));
    expect(Number(reply.headers.get("ratelimit-limit"))).toBeLessThan(100);
  });
});
