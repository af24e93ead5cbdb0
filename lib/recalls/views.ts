export type RecallView = {
  id: string;
  name: string;
  serviceId: string;
  months: number;
  countsAnyVisit: boolean;
  doctorId: string | null;
  locationId: string | null;
  minAge: number | null;
  maxAge: number | null;
  active: boolean;
  version: number;
};

/** A recall with how many it finds. */
export type RecallCounts = RecallView & {
  service: string;
  /** Who has not been for so long, and has not booked. */
  due: number;
  /** How many of them have agreed to be written to. */
  agreed: number;
  /** How many of them have been asked, by message or on the telephone, within the recall's months. */
  asked: number;
  /** When everybody was last looked at; null: not since it was made or changed. */
  lookedAt: string | null;
};
