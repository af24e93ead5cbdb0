import { randomUUID } from "node:crypto";
import { env } from "./env";

/** The socket's own address, which `instrumentation.ts` writes over whatever a client sends under this name. */
export const PEER_HEADER = "x-slotwell-peer";
export const REQUEST_ID_HEADER = "x-request-id";

type HasHeaders = { headers: Pick<Headers, "get"> };

const withoutMapping = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, "");

/** Who calls. X-Forwarded-For is believed only as far as our own proxies wrote it (TRUSTED_PROXIES). */
export function clientAddress({ headers }: HasHeaders): string {
  const peer = headers.get(PEER_HEADER);
  const proxies = env().TRUSTED_PROXIES;
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").filter((hop) => hop.trim() !== "");
  const forwarded = proxies > 0 ? (hops[Math.max(0, hops.length - proxies)] ?? null) : null;
  return withoutMapping(forwarded ?? peer ?? "unknown").slice(0, 64);
}

/** The id under which this request is logged and audited. */
export function requestIdOf({ headers }: HasHeaders): string {
  const given = headers.get(REQUEST_ID_HEADER) ?? "";
  return /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Where a sign-in comes from, for the account's list of sessions and for the limits. */
export type ClientInfo = { address: string; userAgent: string | null };

export const clientInfo = (request: HasHeaders): ClientInfo => ({
  address: clientAddress(request),
  userAgent: request.headers.get("user-agent")?.slice(0, 300) ?? null,
});
