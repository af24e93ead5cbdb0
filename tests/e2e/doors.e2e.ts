import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Role } from "@/lib/domain/actor";
import { ACTIONS, type ActionDoor } from "../support/action-doors";
import { type Answer, ask, cookieFor, multipart, send, tokenFor } from "../support/browserless";
import { type ACCOUNTS, expect, test } from "../support/e2e";
import { type Admitted, addressOf, FOR_ANOTHER, type Named, type PageDoor, pageDoors } from "../support/page-doors";

// Every page, handler and built action of the production build, asked over HTTP as six callers, about own, foreign and missing things.

type Account = keyof typeof ACCOUNTS;
const CALLERS = ["none", "patient", "parent", "doctor", "reception", "admin"] as const;
type Caller = (typeof CALLERS)[number];
const ROLES: Record<Account, Role> = {
  ...{ patient: "patient", parent: "patient", doctor: "doctor", reception: "receptionist", admin: "admin" },
};
type Ids = Partial<Record<Named, string>>;

let base = "";
const cookies = new Map<Caller, string>();
const own = new Map<Caller, Ids>();
/** Somebody whom neither the patient, the parent nor the doctor has to do with. */
let foreign: Ids = {};
let foreignName = "";

const isAdmitted = (admitted: Admitted, caller: Caller) =>
  admitted === "public" || (caller !== "none" && (admitted === "signed_in" || admitted.includes(ROLES[caller])));

test.describe.configure({ mode: "serial", timeout: 300_000 });

test.beforeAll(async ({ baseURL }) => {
  base = baseURL ?? "";
  const tokens = new Map<Account, string>();
  for (const account of Object.keys(ROLES) as Account[]) {
    cookies.set(account, await cookieFor(base, account));
    tokens.set(account, await tokenFor(base, account));
  }
  const as = (account: Account, url: string) => ask(base, tokens.get(account) as string, url);
  const clinic: Ids = {
    text: "appointment.booked.email.en",
    wish: (await as("admin", "/waitlist?status=waiting")).items[0]?.id,
    location: (await as("admin", "/locations")).items[0]?.id,
    room: (await as("admin", "/rooms")).items[0]?.id,
    service: (await as("admin", "/services")).items[0]?.id,
    doctor: (await as("admin", "/doctors")).items[0]?.id,
    user: (await as("admin", "/users?query=parent@demo.test")).items[0]?.id,
  };
  const named = (visit: Record<string, unknown> | undefined, of: "patient" | "doctor") =>
    (visit?.[of] as { id: string } | undefined)?.id;
  const seen = new Set<string | undefined>();
  for (const account of ["patient", "parent", "doctor"] as const) {
    const { items } = await as(account, "/appointments?status=booked&limit=100&order=desc");
    for (const visit of items) seen.add(named(visit, "patient"));
    const visit = items[0];
    own.set(account, { ...clinic, visit: visit?.id, patient: named(visit, "patient") });
  }
  const { items } = await as("reception", "/appointments?status=booked&limit=100&order=desc");
  const others = items.find((visit) => !seen.has(named(visit, "patient")));
  foreign = { ...clinic, visit: others?.id, patient: named(others, "patient") };
  foreignName = (others?.patient as { name: string } | undefined)?.name ?? "";
  for (const account of ["reception", "admin"] as const) own.set(account, foreign);
  expect([foreign.visit, own.get("patient")?.visit, own.get("doctor")?.visit].every(Boolean)).toBe(true);
});

const visit = (address: string, caller: Caller) =>
  send(`${base}${address}`, { headers: { cookie: cookies.get(caller) ?? "", accept: "text/html" } });

/** Where an answer leads to or what it refuses, whether by its status or, once a page has begun to stream, in its text. */
function outcome({ status, headers, text }: Answer): string {
  if (headers.location) return `to ${String(headers.location).replace(/\?.*/, "")}`;
  const led =
    /id="__next-page-redirect"[^>]*url=([^"?]*)/.exec(text)?.[1] ?? /NEXT_REDIRECT;\w+;([^;?]*)/.exec(text)?.[1];
  if (led) return `to ${led}`;
  const refused = /NEXT_HTTP_ERROR_FALLBACK;(\d+)/.exec(text)?.[1];
  return refused ?? String(status);
}
/** What one reads on it. */
const words = ({ text }: Answer) =>
  text
    .replace(/<(script|style|template)[^>]*>.*?<\/\1>/gs, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/[0-9a-f-]{36}/g, "ID")
    .replace(/\s+/g, " ");

async function inTurns<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let one = queue.shift(); one; one = queue.shift()) await work(one);
    }),
  );
}

/** Doctors see who every patient is. */
const seesAll = (door: PageDoor, caller: Caller) =>
  caller === "doctor" && /^\/patients\/\[id\](\/edit|\/records)?$/.test(door.address);

test("pages and handlers let in whom they should, and tell nobody whether a foreign thing exists", async () => {
  const doors = pageDoors();
  let cases = 0;
  const wrong: string[] = [];
  const check = (is: boolean, ...said: unknown[]) => {
    cases += 1;
    if (!is) wrong.push(said.join(" "));
  };
  await inTurns(doors, async (door) => {
    const nowhere = () => addressOf(door, () => randomUUID());
    for (const caller of CALLERS) {
      const missing = await visit(nowhere(), caller);
      const said = outcome(missing);
      if (!isAdmitted(door.admitted, caller)) {
        const refusals = caller === "none" ? ["to /sign-in", "401", "404", "405"] : ["403", "404", "405"];
        check(refusals.includes(said), door.address, caller, "is not let in, but got", said);
        continue;
      }
      check(!/^(5|401)/.test(said), door.address, caller, "got", said);
      if (!door.address.includes("[") || door.address.includes("...")) continue;
      const idOf = (ids: Ids) => (named: Named) => ids[named] ?? randomUUID();
      const mine = await visit(addressOf(door, idOf(own.get(caller) ?? {})), caller);
      check(!/^(5|401)/.test(outcome(mine)), door.address, caller, "asked for their own and got", outcome(mine));
      if (!["patient", "parent", "doctor"].includes(caller) || seesAll(door, caller)) continue;
      const other = await visit(addressOf(door, idOf(foreign)), caller);
      const isAlike = outcome(other) === said && words(other) === words(missing);
      check(isAlike, door.address, caller, "got", said, "for nothing and", outcome(other), "for another's");
    }
  });
  const heading = ({ text }: Answer) => /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1];
  for (const address of FOR_ANOTHER) {
    for (const caller of ["patient", "parent"] as const) {
      const missing = await visit(`${address}?for=${randomUUID()}`, caller);
      const other = await visit(`${address}?for=${foreign.patient}`, caller);
      const isAlike = outcome(other) === outcome(missing) && heading(other) === heading(missing);
      check(isAlike && !other.text.includes(foreignName), `${address}?for=`, caller, "sees another's");
    }
  }
  console.log(`${cases} cases over ${doors.length} pages and handlers`);
  expect(wrong).toEqual([]);
});

type Built = Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
const built = () =>
  (JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as { node: Built }).node;
const nameOf = ({ filename, exportedName }: Built[string]) =>
  `${filename.replace(/^(?!app\/)/, "app/")}#${exportedName}`;

/** A page that has the action: asked at another, Next would pass it on by a request of its own. */
const pageOf = ({ workers }: Built[string]) =>
  `/${(Object.keys(workers)[0] ?? "")
    .split("/")
    .slice(1, -1)
    .filter((part) => !part.startsWith("("))
    .map((part) => (part.startsWith("[") ? randomUUID() : part))
    .join("/")}`;

/** Calls an action by its id, as the browser's script does. */
function call(
  id: string,
  door: ActionDoor,
  { cookie = "", values = {}, path = "/", headers = {} as Record<string, string | undefined> },
) {
  const fields = Object.entries(values as Record<string, string>);
  const sent =
    door.face === "value"
      ? { headers: { "content-type": "text/plain;charset=UTF-8" }, body: JSON.stringify([values]) }
      : multipart([
          ...fields.map(([name, value]) => [`_1_${name}`, value] as const),
          ["0", door.face === "plain" ? '["$K1"]' : '[{"status":"idle","errors":[],"values":{}},"$K1"]'],
        ]);
  const all = { origin: base, cookie, accept: "text/x-component", "next-action": id, ...sent.headers, ...headers };
  // A header that is undefined is not sent.
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return send(`${base}${path}`, { method: "POST", headers: Object.fromEntries(given), body: sent.body });
}

test("the actions that were built are those of the matrix, and do nothing for whom they do not admit", async () => {
  const actions = Object.entries(built());
  expect(actions.map(([, one]) => nameOf(one)).sort()).toEqual([...ACTIONS.keys()].sort());
  let cases = 0;
  const wrong: string[] = [];
  await inTurns(actions, async ([id, one]) => {
    const door = ACTIONS.get(nameOf(one)) as ActionDoor;
    for (const caller of CALLERS) {
      if (isAdmitted(door.access, caller)) continue;
      cases += 1;
      const { status, headers, text } = await call(id, door, { cookie: cookies.get(caller) ?? "", path: pageOf(one) });
      const code = caller === "none" ? "unauthenticated" : "forbidden";
      const isRefused =
        door.face === "plain" ? Boolean(headers["x-action-redirect"]) : text.includes(`"code":"${code}"`);
      if (!isRefused) wrong.push(`${nameOf(one)} as ${caller}: ${status} ${text.slice(0, 200)}`);
    }
  });
  console.log(`${cases} cases over ${actions.length} built actions`);
  expect(wrong).toEqual([]);
});

test("a request that another site sends changes nothing", async () => {
  const token = await tokenFor(base, "patient");
  const me = await ask(base, token, "/me");
  const id = (me.patients as { id: string }[])[0]?.id as string;
  const profile = async () => (await ask(base, token, `/patients/${id}`)) as { address?: string; version?: number };
  const [action] = Object.entries(built()).find(([, one]) =>
    nameOf(one).endsWith("profile/actions.ts#saveContactAction"),
  ) ?? [""];
  const door = ACTIONS.get("app/(patient)/profile/actions.ts#saveContactAction") as ActionDoor;
  const before = await profile();
  const { host, port } = new URL(base);
  const origins: (string | undefined)[] = [
    ...[undefined, "null", "", "https://evil.example", `http://localhost:${Number(port) + 1}`, "http://localhost"],
    ...[
      `https://${host}`,
      `http://${host}.evil.example`,
      `http://evil.example@${host}`,
      `${base}/`,
      `${base} https://evil.example`,
    ],
    ...["http://[", "javascript:alert(1)", `ftp://${host}`, `HTTP://${host}`, `http://127.0.0.1:${port}`],
  ];
  const values = { id, version: String(before.version), address: "Evil Street 1" };
  const cookie = cookies.get("patient") ?? "";
  for (const origin of origins) {
    const headers = { origin };
    const acted = await call(action, door, { cookie, values, path: "/profile", headers });
    expect([origin, acted.status]).toEqual([origin, 403]);
    // What reads the browser's cookie beside the actions: next-auth's own doors, and files that are sent.
    for (const path of ["/api/auth/signout", "/api/auth/session", `/patients/${id}/records/${randomUUID()}/files`]) {
      const sent = {
        cookie,
        "content-type": "application/x-www-form-urlencoded",
        ...(origin === undefined ? {} : { origin }),
      };
      const answer = await send(`${base}${path}`, { method: "POST", headers: sent, body: "a=b" });
      expect([path, origin, answer.status]).toEqual([path, origin, 403]);
    }
  }
  expect(await profile()).toEqual(before);
  await call(action, door, {
    cookie,
    values: { ...values, address: before.address || "1 Mill Lane" },
    path: "/profile",
  });
  expect((await profile()).version, "the same request from our own page goes through").toBe((before.version ?? 0) + 1);
});
