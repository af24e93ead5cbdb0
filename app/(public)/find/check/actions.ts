"use server";

import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { readSlotToken } from "@/components/find/query";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { extendHold } from "@/lib/appointments/extend-hold";
import { holdSlot } from "@/lib/appointments/hold-slot";
import { listVisits } from "@/lib/appointments/list-appointments";
import { holdIdInput } from "@/lib/appointments/schemas";
import type { SlotView } from "@/lib/availability/views";
import { ok, type Refused, type Result } from "@/lib/domain/result";
import { action, formAction } from "@/lib/platform/action";
import type { Context } from "@/lib/platform/context";
import { otherTimes } from "../other-times";

const slotField = z
  .string()
  .max(200)
  .refine((token) => readSlotToken(token) !== null, "is not a time");
const chosen = { service: z.uuid(), for: z.uuid(), slot: slotField };
const holdForm = z.strictObject(chosen);
const bookForm = z.strictObject({ ...chosen, reason: z.string().max(2_000).optional() });

const wanted = ({ service, slot, for: patientId }: z.output<typeof holdForm>) => {
  const { start, doctorId, locationId } = readSlotToken(slot) as NonNullable<ReturnType<typeof readSlotToken>>;
  return { serviceId: service, doctorId, locationId, start: new Date(start), patientId };
};

/** A lost time comes back with others to choose from, named, at the field that chooses. */
async function withOthers<T>(ctx: Context, serviceId: string, result: Result<T>): Promise<Result<T>> {
  if (result.ok || result.code !== "slot_unavailable") return result;
  const nearest = (result.data?.nearest ?? []) as SlotView[];
  const others = await otherTimes(ctx, serviceId, nearest, await getLocale());
  return { ...result, errors: [{ path: "slot", message: result.detail ?? "" }], data: { others } } satisfies Refused;
}

/** Keeps the time while its answers are checked; `leftMs` is for how long. */
export const holdTimeAction = action(["patient"], holdForm, async (ctx, input) => {
  const held = await withOthers(ctx, input.service, await holdSlot(ctx, wanted(input)));
  if (held.ok) return ok({ id: held.value.id, leftMs: Date.parse(held.value.expiresAt) - ctx.now.getTime() });
  const words = (await getTranslations("find")) as unknown as { has: (key: string) => boolean; (key: string): string };
  const key = held.code === "slot_unavailable" ? "errors.slot.invalid" : `refusals.${held.code}`;
  return { ...held, detail: words.has(key) ? words(key) : undefined };
});

/** Five more minutes, once. */
export const extendHoldAction = action(["patient"], holdIdInput, async (ctx, input) => {
  const extended = await extendHold(ctx, input);
  return extended.ok ? ok({ leftMs: Date.parse(extended.value.expiresAt) - ctx.now.getTime() }) : extended;
});

/** Books, and shows the page that says so. Sent twice, it leads to the same visit. */
export const bookAction = formAction(
  ["patient"],
  bookForm,
  async (ctx, { reason, ...input }) => {
    const want = wanted(input);
    const booked = await bookAppointment(ctx, { ...want, ...(reason ? { reason } : {}) });
    if (booked.ok) redirect(`/visits/${booked.value.id}/booked`);
    const before = await bookedBefore(ctx, want);
    if (before) redirect(`/visits/${before}/booked`);
    return withOthers(ctx, input.service, booked);
  },
  { messages: "find" },
);

/** The same visit, where this form has been sent before. */
async function bookedBefore(ctx: Context, { start, patientId, doctorId, serviceId }: ReturnType<typeof wanted>) {
  const from = start.toISOString();
  const to = new Date(start.getTime() + 1_000).toISOString();
  const found = await listVisits(ctx, { patientId, doctorId, from, to, status: ["booked"] });
  return found.ok ? found.value.items.find(({ service }) => service.id === serviceId)?.id : undefined;
}
