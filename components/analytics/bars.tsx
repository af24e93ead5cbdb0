"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { niceTicks } from "./nice-ticks";

export type Series = { key: string; label: string; colour: string };
export type BarsProps = {
  /** One entry per bar; `label` stands under it, the series' keys hold its heights. */
  data: Record<string, string | number>[];
  series: Series[];
  /** Heights are shares of one. */
  isRate?: boolean;
  locale: string;
};

/** Stacked bars. Drawn in the browser only: the library writes style attributes, which the page's policy does not allow in markup. */
export function Bars({ data, series, isRate = false, locale }: BarsProps) {
  const numbers = new Intl.NumberFormat(
    locale,
    isRate ? { style: "percent", maximumFractionDigits: 1 } : { maximumFractionDigits: 0 },
  );
  const format = (value: unknown) => (typeof value === "number" ? numbers.format(value) : "");
  const heights = data.map((bar) => series.reduce((sum, { key }) => sum + Number(bar[key] ?? 0), 0));
  const ticks = niceTicks(Math.max(0, ...heights), isRate ? 0 : 1);
  const axis = { stroke: "var(--input)", tick: { fill: "var(--muted-foreground)", fontSize: 13 }, tickLine: false };
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={data}
        accessibilityLayer={false}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="18%"
      >
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis dataKey="label" {...axis} minTickGap={14} interval={isRate ? 0 : "preserveEnd"} />
        <YAxis
          {...axis}
          width={46}
          axisLine={false}
          tickFormatter={format}
          ticks={ticks}
          domain={[0, ticks.at(-1) ?? 1]}
          interval={0}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--sunken)" }}
          content={({ active, payload, label }) =>
            active && payload?.length ? (
              <div className="rounded-md border bg-popover px-3 py-2 text-sm shadow-overlay">
                <p className="font-semibold">{label}</p>
                {payload.map((entry) => (
                  <p key={String(entry.dataKey)} className="figures">
                    {`${series.find(({ key }) => key === entry.dataKey)?.label ?? ""}: ${format(entry.value)}`}
                  </p>
                ))}
              </div>
            ) : null
          }
        />
        {series.map(({ key, colour }) => (
          <Bar key={key} dataKey={key} stackId="all" fill={colour} isAnimationActive={false} maxBarSize={56} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
