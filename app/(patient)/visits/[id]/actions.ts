"use server";

import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { z } from "zod";
import { otherTimes } from "@/app/(public)/find/other-times";
import { isId, readSlotToken } from "@/components/find/query";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { getVisit } from "@/lib/appointments/get-appointment";
import { rescheduleAppointment } from "@/lib/appointments/reschedule-appointment";
import type { SlotView } from "@/lib/availability/views";
import { formAction } from "@/lib/platform/action";

const cancelForm = z.strictObject({ id: z.uuid(), reason: z.string().max(2_000).optional() });
const moveForm = z.strictObject({
  id: z.uuid(),
  slot: z.string().refine((token) => readSlotToken(token) !== null, "is not a time"),
});

/** Goes on to the page that asks whether the visit may be moved to the time whose button was pressed; changes nothing. */
export async function chooseNewTimeAction(form: FormData): Promise<void> {
  const [id, slot] = [String(form.get("id")), String(form.get("slot"))];
  if (!isId(id)) redirect("/visits");
  redirect(readSlotToken(slot) ? `/visits/${id}/move/check?slot=${encodeURIComponent(slot)}` : `/visits/${id}/move`);
}

/** Cancels the visit. Sent twice, it is cancelled once. */
export const cancelVisitAction = formAction(
  ["patient"],
  cancelForm,
  async (ctx, input) => {
    const cancelled = await cancelAppointment(ctx, input);
    if (cancelled.ok) redirect(`/visits/${input.id}?notice=cancelled`);
    if (cancelled.code === "invalid_transition" && cancelled.data?.from === "cancelled")
      redirect(`/visits/${input.id}?notice=cancelled`);
    return cancelled;
  },
  { messages: "visits" },
);

/** Moves the visit to the chosen time; a lost one comes back with others. Sent twice, it is moved once. */
export const moveVisitAction = formAction(
  ["patient"],
  moveForm,
  async (ctx, { id, slot }) => {
    const { start, doctorId } = readSlotToken(slot) as NonNullable<ReturnType<typeof readSlotToken>>;
    const moved = await rescheduleAppointment(ctx, { id, doctorId, start: new Date(start) });
    if (moved.ok) redirect(`/visits/${id}?notice=moved`);
    if (moved.code !== "slot_unavailable") return moved;
    const visit = await getVisit(ctx, { id });
    const nearest = (moved.data?.nearest ?? []) as SlotView[];
    const others = visit.ok ? await otherTimes(ctx, visit.value.service.id, nearest, await getLocale()) : [];
    return { ...moved, errors: [{ path: "slot", message: moved.detail ?? "" }], data: { others } };
  },
  { messages: "visits" },
);
