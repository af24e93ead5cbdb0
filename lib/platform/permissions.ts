import type { Actor, Role, UserActor } from "@/lib/domain/actor";
import { type Action, type Asker, DOORS, type Door, PERMISSIONS, type Relation } from "./permission-table";

// The one place that decides who may do what, by the table beside it. The first line of every verb.

/** What is known of the thing that is asked about. */
export type About = {
  patientId?: string | null;
  doctorId?: string | null;
  /** The account whose own it is. */
  userId?: string | null;
  /** What a live grant of the patient to the asking account says. */
  capabilities?: readonly string[] | null;
  /** What `record_access` says of the asker and the patient. */
  access?: "treating" | "grant" | "break_glass" | "self" | "proxy" | "system" | null;
};

const askerOf = (actor: Actor): Asker => (actor.kind === "user" ? actor.role : actor.kind);

function stands(actor: Actor, relation: Relation, about: About): boolean {
  if (relation === "any") return true;
  if (actor.kind !== "user") return false;
  switch (relation) {
    case "account":
      return about.userId === actor.userId;
    case "calendar":
      return actor.doctorId !== null && about.doctorId === actor.doctorId;
    case "self":
      return about.access === "self" || (actor.patientId !== null && about.patientId === actor.patientId);
    case "records":
      return about.access === "proxy" || Boolean(about.capabilities?.includes("records"));
    case "view":
    case "book":
    case "cancel":
      return Boolean(about.capabilities?.includes(relation));
    default:
      return about.access === relation;
  }
}

/** The relations of which one lets the actor do it; none where the role lacks it altogether. For rules that SQL applies. */
export const reach = (actor: Actor, action: Action): readonly Relation[] => PERMISSIONS[action][askerOf(actor)] ?? [];

/** Whether the actor may do it to this; without `about`, whether to anything of anybody. */
export const may = (actor: Actor, action: Action, about: About = {}): boolean =>
  reach(actor, action).some((relation) => stands(actor, relation, about));

/** Whether the role may do it to anything at all: who may not is told so before anything is looked up. */
export const mayAtAll = (actor: Actor, action: Action): boolean => reach(actor, action).length > 0;

/** An account about its own things. */
export const mayKeepAccount = (actor: Actor): actor is UserActor =>
  actor.kind === "user" && may(actor, "account.keep", { userId: actor.userId });

/** Whether an action for accounts of these roles lets the actor in. */
export const admitsRole = (roles: readonly Role[], actor: Actor): boolean =>
  actor.kind === "user" && roles.includes(actor.role);

/** Whether a call of this access lets the actor in. */
export const admits = (door: Door, actor: Actor): boolean => (DOORS[door] as readonly Asker[]).includes(askerOf(actor));
