import { randomUUID } from "node:crypto";
import { env } from "./env";
import { clientAddress as peerAddress } from "./peer";

export const REQUEST_ID_HEADER = "x-request-id";

type HasHeaders = { headers: Pick<Headers, "get"> };

const withoutMapping = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** Who calls: the socket's address, or what our own proxies say of it (TRUSTED_PROXIES). */
export const clientAddress = ({ headers }: HasHeaders): string =>
  withoutMapping(peerAddress(headers, env().TRUSTED_PROXIES)).slice(0, 64);

/** The id under which this request is logged and audited. */
export function requestIdOf({ headers }: HasHeaders): string {
  const given = headers.get(REQUEST_ID_HEADER) ?? "";
  return /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Where a sign-in comes from, for the account's list of sessions and for the limits. */
export type ClientInfo = {
  address: string;
  userAgent: string | null;
  /** The browser's own random name, from its cookie; nobody's secret, and it grants nothing. */
  device?: string | null;
};

export const clientInfo = (request: HasHeaders): ClientInfo => ({
  address: clientAddress(request),
  userAgent: request.headers.get("user-agent")?.slice(0, 300) ?? null,
});
