import type { IncomingMessage } from "node:http";
import { type Refused, refuse } from "@/lib/domain/result";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Why a request goes no further: Next answers 500 to a path whose percent signs mean nothing, and to a method that it has never heard of. */
export function unreadable({
  method = "",
  url = "",
}: Pick<IncomingMessage, "method" | "url">): Refused<"not_found" | "method_not_allowed"> | null {
  if (!METHODS.has(method)) return refuse("method_not_allowed", { detail: `Nothing here answers to ${method}.` });
  try {
    decodeURIComponent(url.split("?", 1)[0] as string);
    return null;
  } catch {
    return refuse("not_found", { detail: "The address cannot be read." });
  }
}
