"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { confirmAppointment } from "@/lib/appointments/confirm-appointment";
import { action } from "@/lib/platform/action";

const confirm = action(["patient"], z.strictObject({ id: z.uuid() }), (ctx, input) => confirmAppointment(ctx, input));

/** The patient says that they are coming; the visit's page says how that went. */
export async function confirmVisitAction(form: FormData): Promise<void> {
  const id = form.get("id");
  const confirmed = await confirm({ id });
  if (!confirmed.ok && confirmed.code === "validation_failed") redirect("/visits");
  redirect(`/visits/${id}?notice=${confirmed.ok ? "confirmed" : "unchanged"}`);
}
