import type { SlotReason } from "@/lib/domain/judge-slot";
import { refuse } from "@/lib/domain/result";

const WORDS: Record<SlotReason, string> = {
  service_not_offered: "The doctor does not offer this service.",
  outside_hours: "The doctor does not see patients then.",
  on_leave: "The doctor is away then.",
  not_aligned: "Visits do not start at that minute.",
  doctor_busy: "That time has just been taken.",
  no_room: "No room is free then.",
  too_soon: "That is too soon to be booked.",
  too_far: "That is too far ahead to be booked.",
};

export const slotUnavailable = (reasons: readonly SlotReason[], more: Record<string, unknown> = {}) =>
  refuse("slot_unavailable", {
    detail: reasons[0] ? WORDS[reasons[0]] : WORDS.doctor_busy,
    data: { reasons: [...reasons], ...more },
  });

export const patientBusy = () =>
  refuse("patient_busy", { detail: "There is another visit for this patient at that time." });
