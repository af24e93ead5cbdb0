import type { NextAuthOptions, Session } from "next-auth";
import type { JWT } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { sessionSeconds } from "@/lib/platform/auth-cookie";
import { authSecret } from "@/lib/platform/auth-secret";
import type { Context } from "@/lib/platform/context";
import { hostCookieName, hostCookieOptions, secureCookies, sessionCookieName } from "@/lib/platform/host-cookie";
import { log } from "@/lib/platform/logger";
import { clientInfo } from "@/lib/platform/request-info";
import { liveSession } from "@/lib/platform/session";
import { signInInput } from "./schemas";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

const text = (value: unknown) => (typeof value === "string" ? value : null);

/** Header values as next-auth hands them on. */
const headersOf = (headers: Record<string, unknown> | undefined) => ({
  get: (name: string) => text(headers?.[name.toLowerCase()]),
});

async function liveActor(ctx: Context, token: JWT | undefined) {
  const sessionId = text(token?.sid);
  // A page may ask by itself, again and again: that keeps nobody signed in.
  return sessionId === null ? null : liveSession(sessionId, "browser", ctx.now, ctx.db, false);
}

const credentials = (ctx: Context) =>
  CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" }, otp: { type: "text" } },
    async authorize(given, request) {
      const input = signInInput.safeParse({ email: given?.email, password: given?.password, otp: given?.otp });
      if (!input.success) return null;
      const signedIn = await signIn(ctx, input.data, clientInfo({ headers: headersOf(request?.headers) }));
      if (!signedIn.ok) return null;
      return { id: signedIn.value.userId, sessionId: signedIn.value.sessionId };
    },
  });

const callbacks = (ctx: Context): NextAuthOptions["callbacks"] => ({
  // `session.update()` reaches this callback with whatever the browser sent (CVE-2026-23478): only the session's id counts.
  async jwt({ token, user }) {
    if (user && "sessionId" in user) return { sub: user.id, sid: user.sessionId };
    if (!(await liveActor(ctx, token))) throw new Error("session ended");
    return { sub: token.sub, sid: token.sid };
  },
  async session({ session, token }) {
    const actor = await liveActor(ctx, token);
    const user = actor ? { user: { id: actor.userId, role: actor.role } } : {};
    return { expires: session.expires, ...user } as Session;
  },
});

/** next-auth over our own verbs: it makes and reads the cookie; who is signed in is the sessions table's word. */
export async function nextAuthOptions(ctx: Context): Promise<NextAuthOptions> {
  return {
    secret: await authSecret(ctx.db),
    session: { strategy: "jwt", maxAge: sessionSeconds() },
    useSecureCookies: secureCookies(),
    cookies: {
      sessionToken: { name: sessionCookieName(), options: hostCookieOptions() },
      callbackUrl: { name: hostCookieName("next-auth.callback-url"), options: hostCookieOptions() },
    },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [credentials(ctx)],
    callbacks: callbacks(ctx),
    events: {
      async signOut({ token }) {
        const actor = await liveActor(ctx, token);
        if (actor) await signOut({ ...ctx, actor });
      },
    },
    logger: {
      error: (code) => log.debug("next-auth refused", { code }),
      warn: (code) => log.debug("next-auth warned", { code }),
      debug: () => undefined,
    },
  };
}
