import "server-only";
import { getLocale } from "next-intl/server";
import { z } from "zod";
import { type ChosenSlot, readSlotToken, slotToken } from "@/components/find/query";
import type { SlotView } from "@/lib/availability/views";
import { type Result, refuse } from "@/lib/domain/result";
import { formatDay, formatTime } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";
import { readOffer } from "./read-times";

/** Another time as a choice in a form. */
export type OtherTime = { token: string; when: string; who: string };

const slotField = z
  .string()
  .max(200)
  .refine((token) => readSlotToken(token) !== null, "is not a time");

/** The chosen time, which is absent where others were offered and none was chosen; `others` are those that were offered. */
export const slotFields = { slot: slotField.optional(), others: z.array(slotField).max(10).default([]) };

/** Times with the names that stand on them, without those whose doctor or place is not offered. */
export async function otherTimes(ctx: Context, serviceId: string, slots: readonly ChosenSlot[]): Promise<OtherTime[]> {
  if (slots.length === 0) return [];
  const [{ places, doctors }, locale] = await Promise.all([readOffer(ctx, serviceId), getLocale()]);
  return slots.flatMap(({ start, doctorId, locationId }) => {
    const doctor = doctors.find(({ id }) => id === doctorId);
    const location = places.find(({ id }) => id === locationId);
    if (!doctor || !location) return [];
    const when = `${formatDay(start, location.timeZone, locale)}, ${formatTime(start, location.timeZone, locale)}`;
    return [{ token: slotToken({ start, doctor, location }), when, who: `${doctor.name}, ${location.name}` }];
  });
}

/** Other times were offered and none was chosen. */
export const noTimeChosen = () =>
  refuse("validation_failed", { errors: [{ path: "slot", message: "is needed" }], data: { reason: "required" } });

/** A lost time comes back with others to choose from, at the field that chooses; any other refusal with those offered before. */
export async function withOthers<T>(
  ctx: Context,
  serviceId: string,
  result: Result<T>,
  before: readonly string[] = [],
): Promise<Result<T>> {
  if (result.ok) return result;
  const isLost = result.code === "slot_unavailable";
  const slots: ChosenSlot[] = isLost
    ? ((result.data?.nearest ?? []) as SlotView[])
    : before.flatMap((token) => readSlotToken(token) ?? []);
  const errors = isLost ? [{ path: "slot", message: result.detail ?? "" }] : result.errors;
  const { reasons, nearest, ...data } = result.data ?? {};
  return {
    ...result,
    ...(errors ? { errors } : {}),
    data: { ...data, others: await otherTimes(ctx, serviceId, slots) },
  };
}
