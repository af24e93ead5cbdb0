import { type Tx, withActor } from "@/db/client";
import { type Refused, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import type { SpanInput } from "./schemas";

export type AnalyticsRefusal = "forbidden";

/** Figures over everybody are for admins; patients' rows never leave here, only counts. */
export async function readFigures<T>(ctx: Context, read: (tx: Tx) => Promise<T>): Promise<Result<T, AnalyticsRefusal>> {
  if (!may(ctx.actor, "figures.read")) return refuse("forbidden") satisfies Refused<"forbidden">;
  return { ok: true, value: await withActor(ctx, read) };
}

/** Instants that hold every date of the span in every zone: lets the index on the start narrow the rows before the exact dates do. */
export const wideSpan = ({ from, to }: Pick<SpanInput, "from" | "to">) => ({
  since: new Date(Date.parse(`${from}T00:00:00Z`) - 86_400_000),
  until: new Date(Date.parse(`${to}T00:00:00Z`) + 2 * 86_400_000),
});
