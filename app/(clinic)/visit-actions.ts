"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { changeStatus } from "@/lib/appointments/change-status";
import { offerNearest, offerNearestToMove } from "@/lib/appointments/nearest";
import { rescheduleAppointment } from "@/lib/appointments/reschedule-appointment";
import {
  bookAppointmentInput,
  cancelAppointmentInput,
  changeStatusInput,
  rescheduleAppointmentInput,
} from "@/lib/appointments/schemas";
import { formAction } from "@/lib/platform/action";

const STAFF = ["doctor", "receptionist", "admin"] as const;
const WORDS = { messages: "clinic" };
/** Forms carry text only. */
const expectedVersion = z.coerce.number().int().min(1).optional();

/** A time outside the rules is taken with a reason only. */
const isOverride = z.literal("yes").optional();
const hasReason = (input: { isOverride?: "yes" | undefined; overrideReason?: string | undefined }) =>
  input.isOverride === undefined || input.overrideReason !== undefined;
const needed = { path: ["overrideReason"], error: "is needed" };

/** Follows a visit through the day; answers who is where now, to be said aloud. */
export const changeStatusAction = formAction(
  STAFF,
  changeStatusInput.extend({ expectedVersion }),
  async (ctx, input) => {
    const changed = await changeStatus(ctx, input);
    if (!changed.ok) return changed;
    refresh();
    const { id, status, patient } = changed.value;
    return { ok: true, value: { id, status, name: patient?.name ?? "" } };
  },
  WORDS,
);

export const cancelVisitAction = formAction(
  STAFF,
  cancelAppointmentInput.extend({ expectedVersion }),
  async (ctx, input) => {
    const cancelled = await cancelAppointment(ctx, input);
    return cancelled.ok ? redirect(`/appointments/${cancelled.value.id}?done=cancelled`) : cancelled;
  },
  WORDS,
);

export const moveVisitAction = formAction(
  STAFF,
  rescheduleAppointmentInput.extend({ expectedVersion, isOverride }).refine(hasReason, needed),
  async (ctx, { isOverride: _, ...input }) => {
    const moved = await rescheduleAppointment(ctx, input);
    return moved.ok ? redirect(`/appointments/${moved.value.id}?done=moved`) : offerNearestToMove(ctx, input, moved);
  },
  WORDS,
);

export const bookVisitAction = formAction(
  STAFF,
  bookAppointmentInput.omit({ holdId: true }).extend({ isOverride }).refine(hasReason, needed),
  async (ctx, { isOverride: _, ...input }) => {
    const booked = await bookAppointment(ctx, input);
    return booked.ok ? redirect(`/appointments/${booked.value.id}?done=booked`) : offerNearest(ctx, input, booked);
  },
  WORDS,
);
