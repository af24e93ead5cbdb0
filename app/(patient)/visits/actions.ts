"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { confirmAppointment } from "@/lib/appointments/confirm-appointment";
import type { SlotView } from "@/lib/availability/views";
import { action } from "@/lib/platform/action";
import { acceptOffer } from "@/lib/waitlist/accept-offer";
import { declineOffer } from "@/lib/waitlist/decline-offer";
import { leaveWaitlist } from "@/lib/waitlist/leave-waitlist";
import { waitlistIdInput } from "@/lib/waitlist/schemas";
import { lateHref } from "./late";

const confirm = action(["patient"], z.strictObject({ id: z.uuid() }), (ctx, input) => confirmAppointment(ctx, input));

/** The patient says that they are coming; the visit's page says how that went. */
export async function confirmVisitAction(form: FormData): Promise<void> {
  const id = form.get("id");
  const confirmed = await confirm({ id });
  if (!confirmed.ok && confirmed.code === "validation_failed") redirect("/visits");
  redirect(`/visits/${id}?notice=${confirmed.ok ? "confirmed" : "unchanged"}`);
}

const accept = action(["patient"], waitlistIdInput, acceptOffer);
const decline = action(["patient"], waitlistIdInput, declineOffer);
const leave = action(["patient"], waitlistIdInput, leaveWaitlist);

/** Takes a time that the waiting list has offered; who comes too late is told so, and of other times that can be had. */
export async function acceptOfferAction(form: FormData): Promise<void> {
  const visit = await accept({ id: form.get("id") });
  if (visit.ok) redirect("/visits?notice=accepted");
  if (visit.code !== "slot_unavailable") redirect("/visits?notice=unchanged");
  const wanted = { service: form.get("service"), patient: form.get("patient"), visit: form.get("visit") };
  redirect(lateHref(wanted, (visit.data?.nearest ?? []) as SlotView[]));
}

/** Lets it go; the wish waits on. */
export async function declineOfferAction(form: FormData): Promise<void> {
  const declined = await decline({ id: form.get("id") });
  redirect(`/visits?notice=${declined.ok ? "declined" : "unchanged"}`);
}

/** Waits no longer. */
export async function leaveWaitlistAction(form: FormData): Promise<void> {
  const left = await leave({ id: form.get("id") });
  redirect(`/visits?notice=${left.ok ? "left" : "unchanged"}`);
}
