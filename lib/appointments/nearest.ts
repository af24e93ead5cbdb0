import type { Refused, Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";

type Wanted = { serviceId: string; doctorId?: string; start: Date };

/** placeholder while the search is written */
export async function offerNearest<T, C extends string>(
  _ctx: Context,
  _wanted: Wanted,
  result: Result<T, C>,
): Promise<Result<T, C>> {
  return result as Refused<C> | { ok: true; value: T };
}
