import { expect, it, vi } from "vitest";
import type { Db } from "@/db/client";
import { nextAuthOptions } from "@/lib/accounts/next-auth-options";
import { sessionCookie, sessionCookieOptions, sessionIdOfCookie } from "./auth-cookie";
import type { Context } from "./context";
import { hostCookieName, sessionCookieName } from "./host-cookie";

vi.hoisted(() => {
  Object.assign(process.env, { APP_URL: "https://clinic.test", SLOTWELL_MODE: "production" });
  process.env.DATABASE_URL ??= "postgres://unused";
  process.env.AUTH_SECRET = "a secret of the tests, long enough";
});

const bound = { httpOnly: true, sameSite: "lax", path: "/", secure: true };

it("binds every cookie of a site that is reached by TLS to its host, next-auth's as our own", async () => {
  expect(hostCookieName("sign-in")).toBe("__Host-sign-in");
  expect(sessionCookieOptions()).toMatchObject(bound);
  // A browser refuses the prefix beside a Domain.
  expect(sessionCookieOptions()).not.toHaveProperty("domain");
  const { cookies } = await nextAuthOptions({} as Context);
  expect(cookies?.sessionToken).toEqual({ name: sessionCookieName(), options: bound });
  expect(cookies?.callbackUrl).toEqual({ name: "__Host-next-auth.callback-url", options: bound });
});

it("reads a cookie alike however often it comes, and never one that was changed", async () => {
  const db = {} as Db;
  const cookie = await sessionCookie(db, "a session", "a user");
  for (const _ of ["first", "again"]) {
    expect(await sessionIdOfCookie(db, cookie)).toBe("a session");
    expect(await sessionIdOfCookie(db, `${cookie.slice(0, -2)}xx`)).toBeNull();
  }
});
