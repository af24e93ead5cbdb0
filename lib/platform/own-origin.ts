import { env } from "./env";
import { isOwnOrigin } from "./request-origin";

/**
 * The origin of the page of ours that sent this request; null where it came from elsewhere. `protocol` is how it reached us; what our own
 * proxies say counts more.
 */
export function ownOrigin(headers: Pick<Headers, "get">, protocol: string): string | null {
  const { APP_URL, SLOTWELL_MODE, TRUSTED_PROXIES } = env();
  const behindProxy = TRUSTED_PROXIES > 0;
  const host = (behindProxy && headers.get("x-forwarded-host")) || headers.get("host");
  const forwarded = behindProxy ? headers.get("x-forwarded-proto") : null;
  const origin = headers.get("origin");
  const asked = { origin, host, protocol: forwarded ? `${forwarded}:` : protocol };
  const trustOwnHost = SLOTWELL_MODE !== "production" || !APP_URL;
  return isOwnOrigin(asked, { appUrl: APP_URL ?? null, trustOwnHost }) ? origin : null;
}
