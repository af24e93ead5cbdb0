/** What decides which origins may make changes. */
export type OriginRules = {
  /** Where the site is reached; null where nobody said. */
  appUrl: string | null;
  /** Whether the address in the browser's bar may also be ours: demo, development, or no APP_URL. */
  trustOwnHost: boolean;
};
type Asked = { origin: string | null; host: string | null; protocol: string };

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

export const changesThings = (method: string): boolean => !SAFE.has(method.toUpperCase());

/**
 * Whether a request that changes things comes from a page of ours: `Origin` and `Host` are both on the list. A missing Origin, `null`,
 * another port or another scheme is not. Compared as text, as browsers write an origin in one way only (RFC 6454, 6.2).
 */
export function isOwnOrigin({ origin, host, protocol }: Asked, { appUrl, trustOwnHost }: OriginRules): boolean {
  if (!origin || !host) return false;
  const app = appUrl ? new URL(appUrl) : null;
  if (app && origin === app.origin && host.toLowerCase() === app.host) return true;
  return trustOwnHost && origin === `${protocol}//${host.toLowerCase()}`;
}
