/** Set by our own server from the socket, after whatever the client sent under this name was dropped. */
export const PEER_HEADER = "x-slotwell-peer";

/**
 * The client's address. Words of a proxy are believed only as far as proxies are trusted: with N of them, the Nth entry of
 * X-Forwarded-For from the right is the last that we or they wrote. Without our server in front (`next dev`) it is Next's own guess.
 */
export function clientAddress(headers: Pick<Headers, "get">, trustedProxies: number): string {
  const peer = headers.get(PEER_HEADER);
  const forwarded = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  if (trustedProxies > 0) return forwarded.at(-trustedProxies) ?? peer ?? "unknown";
  return peer ?? forwarded.at(-1) ?? "unknown";
}
