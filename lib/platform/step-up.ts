import type { Actor } from "@/lib/domain/actor";
import { type Refused, refuse } from "@/lib/domain/result";
import type { Context } from "./context";
import { env } from "./env";

/**
 * Refuses somebody who has not proved lately who they are (STEP_UP_MINUTES): what cannot be taken back is not done by a
 * browser that was left open, or with a stolen token. Our own jobs have nobody to ask.
 */
export function stepUpRefusal(actor: Actor, now: Date): Refused<"step_up_required"> | null {
  if (actor.kind === "system") return null;
  const at = actor.kind === "user" ? actor.authenticatedAt?.getTime() : undefined;
  if (at !== undefined && now.getTime() - at < env().STEP_UP_MINUTES * 60_000) return null;
  return refuse("step_up_required", { detail: "Confirm that it is you: sign in again, then ask once more." });
}

/** For a file of a page: leads to where one confirms who one is, and back to the page as it was filtered; null for who has done so lately. */
export function stepUpRedirect({ actor, now }: Context, page: string): Response | null {
  if (!stepUpRefusal(actor, now)) return null;
  const location = `/account/confirm?next=${encodeURIComponent(page)}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

/** Refuses staff who have yet to set up their second factor. */
export const enrolmentRefusal = (actor: Actor): Refused<"second_factor_required"> | null =>
  actor.kind === "user" && actor.mustEnrol
    ? refuse("second_factor_required", { detail: "Set up a second factor first; your role needs one." })
    : null;
