import "server-only";
import { cookies } from "next/headers";
import { hostCookieName, hostCookieOptions } from "@/lib/platform/host-cookie";
import { safePath } from "@/lib/platform/request-path";

const NAME = () => hostCookieName("after-sign-in");
/** As long as the link in the mail holds. */
const SECONDS = 24 * 3600;

/** Keeps where the visitor was going while they look into their mail. */
export async function keepNext(next: string): Promise<void> {
  if (next === "/") return;
  (await cookies()).set(NAME(), next, { ...hostCookieOptions(), maxAge: SECONDS });
}

/** Where to go on to: what the address says, else what was kept; "/" where neither says anything. */
export async function nextPath(asked: unknown): Promise<string> {
  const path = safePath(asked);
  return path === "/" ? safePath((await cookies()).get(NAME())?.value) : path;
}

export const forgetNext = async (): Promise<void> =>
  void (await cookies()).set(NAME(), "", { ...hostCookieOptions(), maxAge: 0 });

/** `path` with the way on in its query. */
export const withNext = (path: string, next: string): string =>
  next === "/" ? path : `${path}${path.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}`;

export type Search = Promise<Record<string, string | string[] | undefined>>;
export const oneOf = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? "";
