import "server-only";
import { type Result, refuse } from "@/lib/domain/result";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { log } from "@/lib/platform/logger";
import { problemResponse } from "@/lib/platform/problem";

/** JSON for a page that is open in a browser; refusals and faults as problem documents. Nothing of it is kept. */
export async function answer<T>(read: () => Promise<Result<T>>): Promise<Response> {
  try {
    const result = await read();
    return result.ok
      ? Response.json(result.value, { headers: { "cache-control": "no-store" } })
      : problemResponse(result);
  } catch (error) {
    const fault = databaseRefusal(error) ?? refuse("internal_error");
    log.error("reading for a page failed", error, { code: fault.code });
    return problemResponse(fault);
  }
}
