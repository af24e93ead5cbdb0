const STEPS = [1, 2, 2.5, 5, 10];
const MOST_STEPS = 5;

/** Where an axis from 0 is marked: round steps, at most five, the last at or above `highest`. `leastStep` keeps counts whole. */
export function niceTicks(highest: number, leastStep = 0): number[] {
  if (highest <= 0) return [0, leastStep || 1];
  const size = 10 ** Math.floor(Math.log10(highest / MOST_STEPS));
  const step = Math.max(leastStep, (STEPS.find((one) => highest / (one * size) <= MOST_STEPS) ?? 10) * size);
  const count = Math.ceil(Number((highest / step).toFixed(9)));
  return Array.from({ length: count + 1 }, (_, nth) => Number((nth * step).toPrecision(12)));
}
