import type postgres from "postgres";
import type { Db } from "@/db/client";
import type { BenchData } from "./data-set";

/** What every benchmark is given: one database with the data set, as the application and as its owner. */
export type BenchEnv = {
  db: Db;
  owner: postgres.Sql;
  /** Superuser's URL of the database. */
  url: string;
  data: BenchData;
};

/** One line of the table. `ratio` compares with the bare thing measured in the same run on the same machine. */
export type BenchRow = {
  area: string;
  name: string;
  value: number;
  unit: "ms" | "1/s" | "MB" | "KB" | "s";
  bare?: { name: string; value: number };
  ratio?: number;
  target?: { at: "most" | "least"; ratio: number };
};

export type Bench = (env: BenchEnv) => Promise<BenchRow[]>;

export const isMet = ({ ratio, target }: BenchRow) =>
  ratio === undefined || target === undefined || (target.at === "most" ? ratio <= target.ratio : ratio >= target.ratio);

export const percentile = (times: readonly number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] as number;

/** Median milliseconds of each, taken in turns so that a busy moment of the machine hits them all. */
export async function compare<Name extends string>(
  works: Record<Name, () => Promise<unknown>>,
  rounds: number,
  warmUp = 3,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const started = performance.now();
      await works[name]();
      if (round >= 0) times[name].push(performance.now() - started);
    }
  }
  return Object.fromEntries(names.map((name) => [name, percentile(times[name], 0.5)])) as Record<Name, number>;
}

/** How often a second `work` is done by `workers` at once within `ms`. */
export async function rate(work: (turn: number) => Promise<unknown>, workers: number, ms: number): Promise<number> {
  const started = performance.now();
  let turns = 0;
  const worker = async () => {
    while (performance.now() - started < ms) await work(turns++);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return (turns * 1_000) / (performance.now() - started);
}
