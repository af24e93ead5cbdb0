import { randomUUID } from "node:crypto";
import { ask, cookieFor, send, tokenFor } from "../support/browserless";
import { expect, test } from "../support/e2e";

// What a client says of itself and is not believed: which site it is at, and who it is.

const EVIL = "evil.example";
const SPOOFED: Record<string, string>[] = [
  { host: EVIL },
  { "x-forwarded-host": EVIL },
  { "x-forwarded-server": EVIL, "x-original-host": EVIL, "x-host": EVIL },
  { forwarded: `host=${EVIL};proto=https` },
];

test("a Host of the client's own is in no link, no redirect and no mail", async ({ baseURL: given }) => {
  const baseURL = given ?? "";
  const cookie = await cookieFor(baseURL, "patient");
  const signedIn = ["/visits", "/profile", "/account"];
  const paths = [
    "/",
    "/sign-in",
    "/reset",
    "/today",
    "/api/auth/signin",
    "/api/auth/providers",
    "/api/v1/openapi.json",
  ];
  for (const headers of SPOOFED) {
    for (const path of [...paths, ...signedIn]) {
      const { headers: answered, text } = await send(`${baseURL}${path}`, {
        headers: { ...headers, ...(signedIn.includes(path) ? { cookie } : {}) },
      });
      const echoes = [String(answered.location ?? ""), text].some((said) => said.includes(EVIL));
      expect([path, headers, echoes]).toEqual([path, headers, false]);
    }
    // A change: our own Origin beside a Host that is not ours.
    if (!headers.host) continue;
    const sent = { ...headers, cookie, origin: baseURL, "content-type": "application/x-www-form-urlencoded" };
    const changed = await send(`${baseURL}/api/auth/signout`, { method: "POST", headers: sent, body: "a=b" });
    expect(changed.status).toBe(403);
  }

  const json = { "content-type": "application/json", host: EVIL, "x-forwarded-host": EVIL };
  const body = JSON.stringify({ email: "parent@demo.test" });
  const asked = await send(`${baseURL}/api/v1/auth/password-reset`, { method: "POST", headers: json, body });
  expect(asked.status).toBe(202);
  await expect
    .poll(async () => (await send(`${baseURL}/dev/messages`)).text.includes("/reset?token="), { timeout: 60_000 })
    .toBe(true);
  expect((await send(`${baseURL}/dev/messages`)).text).not.toContain(EVIL);
});

test("session.update() changes nothing, whatever a browser sends (CVE-2026-23478)", async ({ baseURL: given }) => {
  const baseURL = given ?? "";
  const cookie = await cookieFor(baseURL, "patient");
  await cookieFor(baseURL, "admin");
  const admin = await tokenFor(baseURL, "admin");
  const { items } = await ask(baseURL, admin, "/me/sessions");
  const { id: sub } = await ask(baseURL, admin, "/me");
  const sid = items.find(({ kind }) => kind === "browser")?.id;
  expect(sid).toBeTruthy();
  const setCookies = (answer: { headers: { "set-cookie"?: string[] } }) =>
    (answer.headers["set-cookie"] ?? []).map((one) => one.split(";")[0] as string);
  const userOf = ({ text }: { text: string }) => (JSON.parse(text) as { user?: object }).user;

  const before = userOf(await send(`${baseURL}/api/auth/session`, { headers: { cookie } }));
  expect(before).toMatchObject({ role: "patient" });
  const csrf = await send(`${baseURL}/api/auth/csrf`, { headers: { cookie } });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const claims = { role: "admin", isAdmin: true, sub, sid, id: randomUUID(), user: { id: sub, role: "admin" } };
  const answer = await send(`${baseURL}/api/auth/session`, {
    method: "POST",
    headers: { cookie: [cookie, ...setCookies(csrf)].join("; "), origin: baseURL, "content-type": "application/json" },
    body: JSON.stringify({ csrfToken, data: claims }),
  });
  expect([answer.status, userOf(answer)]).toEqual([200, before]);
  const [renewed] = setCookies(answer).filter((one) => one.includes("session-token"));
  expect(renewed).toBeTruthy();
  const after = userOf(await send(`${baseURL}/api/auth/session`, { headers: { cookie: renewed as string } }));
  expect(after).toEqual(before);
});
