import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/platform/env";
import { sessionCookieName } from "@/lib/platform/host-cookie";
import { ownOrigin } from "@/lib/platform/own-origin";
import { problemResponse } from "@/lib/platform/problem";
import { contentSecurityPolicy } from "@/lib/platform/request-csp";
import { REQUEST_ID_HEADER } from "@/lib/platform/request-info";
import { changesThings } from "@/lib/platform/request-origin";

/**
 * Request id, nonce and a stop for changes that other sites ask for. It is never the lock: each page, action and handler authorises
 * itself.
 */
export function proxy(request: NextRequest): Response {
  const requestId = randomUUID();
  if (changesThings(request.method) && !ownOrigin(request.headers, request.nextUrl.protocol)) {
    const detail = "This request does not come from one of our pages.";
    return problemResponse({ code: "forbidden", detail }, { [REQUEST_ID_HEADER]: requestId });
  }
  const { NODE_ENV, TRUSTED_PROXIES, appUrl } = env();
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    isDevelopment: NODE_ENV === "development",
    isSecure: appUrl.startsWith("https://"),
  });

  const headers = new Headers(request.headers);
  headers.set(REQUEST_ID_HEADER, requestId);
  headers.set("x-nonce", nonce);
  headers.set("x-slotwell-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", policy);
  // Next compares an action's Origin with this; a client's own word must not count.
  if (TRUSTED_PROXIES === 0) headers.set("x-forwarded-host", request.headers.get("host") ?? "");

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set(REQUEST_ID_HEADER, requestId);
  if (hasSignedOut(request)) response.headers.set("clear-site-data", '"storage"');
  if (appUrl.startsWith("https://"))
    response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  return response;
}

/** Where signing out leads to. Whoever is still signed in, and follows such a link, keeps what lies in their browser. */
const hasSignedOut = ({ nextUrl, cookies }: NextRequest) =>
  nextUrl.pathname === "/sign-in" &&
  nextUrl.searchParams.get("notice") === "signed_out" &&
  !cookies.get(sessionCookieName())?.value;

/** The REST API, FHIR, health and metrics read no cookies and send no pages. */
export const config = {
  matcher: ["/((?!_next/static|_next/image|api/v1/|api/fhir/|api/health/|api/metrics).*)"],
};
