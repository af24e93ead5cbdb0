/** Whole minutes from one instant to another. */
export const minutesBetween = (from: string | Date, to: string | Date) =>
  Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 60_000);

/** For the message `clinic.minutes`: "45 min", "1 h 5 min". */
export const hoursAndMinutes = (minutes: number) => ({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
