import { type Actor, isAdmin, isClinic, isStaff } from "@/lib/domain/actor";

// The first line of every write. Our own jobs (seed, import, worker) may do what an admin may.

const isSystem = (actor: Actor) => actor.kind === "system";

export const mayAdministrate = (actor: Actor): boolean => isSystem(actor) || isAdmin(actor);
export const mayRunClinic = (actor: Actor): boolean => isSystem(actor) || isClinic(actor);
export const mayActAsStaff = (actor: Actor): boolean => isSystem(actor) || isStaff(actor);

/** A doctor keeps their own calendar; reception and admins keep everybody's. */
export const mayKeepCalendar = (actor: Actor, doctorId: string): boolean =>
  (actor.kind === "user" && actor.role === "doctor" && actor.doctorId === doctorId) || mayRunClinic(actor);
