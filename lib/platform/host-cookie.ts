import { env } from "./env";

/** Cookies are for TLS only where the site is reached by TLS. */
export const secureCookies = (): boolean => env().appUrl.startsWith("https://");

/** Over TLS with the prefix by which a browser takes it from this very host and from no plain connection (RFC 6265bis, 4.1.3.2). */
export const hostCookieName = (name: string): string => `${secureCookies() ? "__Host-" : ""}${name}`;

/** What such a cookie must be; also the one that ends it, as a browser refuses that without them. Scripts see none of it. */
export const hostCookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: secureCookies() }) as const;

/** The session's cookie, which next-auth reads and renews, too. */
export const sessionCookieName = (): string => hostCookieName("next-auth.session-token");
