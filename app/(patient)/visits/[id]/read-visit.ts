import "server-only";
import { notFound, redirect } from "next/navigation";
import { isId } from "@/components/find/query";
import { getVisit } from "@/lib/appointments/get-appointment";
import type { VisitView } from "@/lib/appointments/views";
import type { UserActor } from "@/lib/domain/actor";
import { representedPatients } from "@/lib/patients/queries";
import type { RepresentedPatient } from "@/lib/patients/views";
import type { Context } from "@/lib/platform/context";
import { requireActor } from "@/lib/platform/request";

export type VisitPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export type VisitPageData = {
  ctx: Context & { actor: UserActor };
  visit: VisitView;
  person: RepresentedPatient | undefined;
  search: Record<string, string | string[] | undefined>;
};

/**
 * The visit of a page below /visits/{id}. Where the account stands for several people, the address is made to say whose visit it is, so
 * that the page's frame says so too.
 */
export async function readVisitPage({ params, searchParams }: VisitPageProps, below = ""): Promise<VisitPageData> {
  const ctx = await requireActor("patient");
  const [{ id }, search] = await Promise.all([params, searchParams]);
  if (!isId(id)) notFound();
  const [visit, people] = await Promise.all([getVisit(ctx, { id }), representedPatients(ctx)]);
  // What is held is no visit yet.
  if (!visit.ok || visit.value.status === "held") notFound();
  const patientId = visit.value.patient?.id;
  if (people.length > 1 && patientId && search.for !== patientId) {
    const pairs = Object.entries(search).filter((pair): pair is [string, string] => typeof pair[1] === "string");
    redirect(`/visits/${id}${below}?${new URLSearchParams({ ...Object.fromEntries(pairs), for: patientId })}`);
  }
  return { ctx, visit: visit.value, person: people.find((one) => one.id === patientId), search };
}

export type Obstacle =
  | { why: "permission" | "status" }
  | { why: "cancel_cutoff" | "reschedule_cutoff"; until: string }
  | { why: "max_reschedules"; count: number };

/** Why the visit may not be moved or cancelled by this account; null where it may. */
export function obstacleTo(what: "move" | "cancel", { ctx, visit, person }: VisitPageData): Obstacle | null {
  const needed = what === "move" ? "book" : "cancel";
  if (person && !person.capabilities.includes(needed)) return { why: "permission" };
  if (visit.status !== "booked") return { why: "status" };
  if (what === "cancel") return visit.allowed.cancel ? null : { why: "cancel_cutoff", until: visit.cancelUntil };
  if (visit.allowed.reschedule) return null;
  return ctx.now > new Date(visit.rescheduleUntil)
    ? { why: "reschedule_cutoff", until: visit.rescheduleUntil }
    : { why: "max_reschedules", count: visit.rescheduleCount };
}
