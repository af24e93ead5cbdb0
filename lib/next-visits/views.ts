/** When somebody should come again. */
export type NextVisitView = {
  appointmentId: string;
  weeks: number;
  /** The day at the place of the visit. */
  wishedOn: string;
  patient: { id: string; name: string };
  service: { id: string; name: string };
  doctor: { id: string; name: string };
  /** Whether patients find times for it by themselves. */
  isBookable: boolean;
  /** Whether the doctor still works with the service. */
  hasDoctor: boolean;
};

/** What holds for one visit: what was said of it, and what its service says where nothing was. `weeks` null: they need not. */
export type NextVisitChoice = {
  said: {
    weeks: number | null;
    wishedOn: string | null;
    serviceId: string;
    /** What came of asking; null until then. */
    outcome: "asked" | "booked" | "not_attended" | "unreachable" | null;
  } | null;
  rule: { weeks: number | null; serviceId: string };
  /** How many days before the day they are written to. */
  leadDays: number;
  mayBeSaid: boolean;
};
