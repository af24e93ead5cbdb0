import { type Actor, isStaff } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";

/** Those whom no policy binds: reception for everybody, doctors in their own calendar, our own jobs. */
export const actsAsStaff = (actor: Actor, { doctorId }: { doctorId: string }): boolean =>
  actor.kind === "system" || (isStaff(actor) && (actor.role !== "doctor" || actor.doctorId === doctorId));

/** Who acts, in the words of the events' table. */
export const eventActor = ({ actor }: Context) =>
  actor.kind === "user" ? { kind: "user", userId: actor.userId } : { kind: "system", userId: null };

/** Whom the visit is for: who is named, else the caller. */
export const patientOf = ({ actor }: Context, named: string | undefined) =>
  named ?? (actor.kind === "user" && actor.role === "patient" ? actor.patientId : null);
