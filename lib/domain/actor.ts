export const ROLES = ["patient", "doctor", "receptionist", "admin"] as const;
export type Role = (typeof ROLES)[number];

export type UserActor = {
  kind: "user";
  userId: string;
  role: Role;
  sessionId: string;
  /** The patient this account is, where it is one. Proxied patients are looked up, never carried. */
  patientId: string | null;
  doctorId: string | null;
  /** When the account last proved who it is in this session, by all its factors; without it never. */
  authenticatedAt?: Date;
  /** Staff who still lack the second factor that they must have: they may set one up, and nothing else. */
  mustEnrol?: true;
};

/** Whoever asks: nobody known, an account, or one of our own jobs. */
export type Actor = { kind: "anonymous" } | UserActor | { kind: "system"; job: string };
