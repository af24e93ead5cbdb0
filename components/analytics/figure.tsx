import { Minus, TrendingDown, TrendingUp } from "lucide-react";

/** A figure with what it is, and how it stands to what was before. */
export function Figure({
  label,
  value,
  note,
  trend,
}: {
  label: string;
  value: string;
  note?: string | undefined;
  /** In words; `direction` only chooses the arrow. */
  trend?: { words: string; direction: -1 | 0 | 1 } | undefined;
}) {
  const Arrow = trend ? { [-1]: TrendingDown, 0: Minus, 1: TrendingUp }[trend.direction] : null;
  return (
    <div className="grid content-start gap-0.5 border-t-2 border-primary pt-2.5">
      <dt className="text-sm font-semibold">{label}</dt>
      <dd className="figures text-xl font-bold">{value}</dd>
      {note ? <dd className="text-sm text-muted-foreground">{note}</dd> : null}
      {trend && Arrow ? (
        <dd className="flex items-start gap-1.5 text-sm text-muted-foreground">
          <Arrow aria-hidden className="mt-0.5 size-4 shrink-0" />
          {trend.words}
        </dd>
      ) : null}
    </div>
  );
}
