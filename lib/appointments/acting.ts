import type { Context } from "@/lib/platform/context";

/** Who acts, in the words of the events' table. */
export const eventActor = ({ actor }: Context) =>
  actor.kind === "user" ? { kind: "user", userId: actor.userId } : { kind: "system", userId: null };

/** Whom the visit is for: who is named, else the caller. */
export const patientOf = ({ actor }: Context, named: string | undefined) =>
  named ?? (actor.kind === "user" && actor.role === "patient" ? actor.patientId : null);
