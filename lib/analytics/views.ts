/** Visits of one day: all that took or take place, and what is known of them. */
export type DayVisits = { date: string; visits: number; fulfilled: number; noShows: number };

/** Whole days between asking and coming, both ends included; `to` null: no end. */
export type LeadBucket = { from: number; to: number | null };

/** `visits` have come to an end, kept or not; `rate` is 0 to 1, null where there are none. */
export type NoShowRate = { visits: number; noShows: number; rate: number | null };
export type LeadTimeNoShows = NoShowRate & LeadBucket;
export type WeekdayNoShows = NoShowRate & { weekday: number };
export type DoctorNoShows = NoShowRate & { doctor: { id: string; name: string } };

/** Times that were given back while they were ahead: how many were offered to who waits, and taken. `rate` is of all of them. */
export type FillRate = {
  freed: number;
  offered: number;
  filled: number;
  rate: number | null;
  /** From when the time was given back until somebody took it; null where nobody did. */
  medianMinutes: number | null;
};

export type DashboardFigures = {
  /** Of the day it is at each location. */
  today: { visits: number; waiting: number; inProgress: number; fulfilled: number; noShows: number };
  upcoming: { next7Days: number; next30Days: number; unconfirmedTomorrow: number };
  /** The last 30 days, as far as visits have ended. */
  last30Days: NoShowRate;
  patients: number;
  doctors: number;
  /** First and last date of any visit; null where there is none. A page that shows an import starts here. */
  firstDate: string | null;
  lastDate: string | null;
};

export const rateOf = (all: number, some: number) => (all === 0 ? null : some / all);
