export const UNITS = { minutes: 1, hours: 60, days: 1_440 } as const;
export type Unit = keyof typeof UNITS;

/** Minutes in the largest unit that holds them whole: 2,880 is 2 days. */
export function spanOf(minutes: number): { value: number; unit: Unit } {
  const unit = (["days", "hours"] as const).find((known) => minutes > 0 && minutes % UNITS[known] === 0) ?? "minutes";
  return { value: minutes / UNITS[unit], unit };
}
