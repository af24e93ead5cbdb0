import "server-only";
import { forbidden } from "next/navigation";
import type { UserActor } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { pageContext, requireActor } from "@/lib/platform/request";

type Own = { ctx: Context & { actor: UserActor }; doctorId: string };

/** The doctor who is signed in, for a page; whoever is not one is shown the way. */
export async function requireDoctor(): Promise<Own> {
  const ctx = await requireActor("doctor");
  return ctx.actor.doctorId ? { ctx, doctorId: ctx.actor.doctorId } : forbidden();
}

/** The same for a handler, as a refusal. */
export async function ownDoctor(): Promise<Result<Own, "unauthenticated" | "forbidden">> {
  const { actor, ...rest } = await pageContext();
  if (actor.kind !== "user") return refuse("unauthenticated");
  return actor.role === "doctor" && actor.doctorId
    ? ok({ ctx: { ...rest, actor }, doctorId: actor.doctorId })
    : refuse("forbidden");
}
