"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { readSlotToken } from "@/components/find/query";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { extendHold } from "@/lib/appointments/extend-hold";
import { holdSlot } from "@/lib/appointments/hold-slot";
import { listVisits } from "@/lib/appointments/list-appointments";
import { offerNearest } from "@/lib/appointments/nearest";
import { holdIdInput } from "@/lib/appointments/schemas";
import { ok } from "@/lib/domain/result";
import { action, formAction } from "@/lib/platform/action";
import type { Context } from "@/lib/platform/context";
import { noTimeChosen, slotFields, withOthers } from "../other-times";

const holdForm = z.strictObject({ service: z.uuid(), for: z.uuid(), slot: slotFields.slot.unwrap() });
const bookForm = z.strictObject({
  service: z.uuid(),
  for: z.uuid(),
  ...slotFields,
  reason: z.string().max(2_000).optional(),
});

const wanted = ({ service, slot, for: patientId }: z.output<typeof holdForm>) => {
  const { start, doctorId, locationId } = readSlotToken(slot) as NonNullable<ReturnType<typeof readSlotToken>>;
  return { serviceId: service, doctorId, locationId, start: new Date(start), patientId };
};

/** Keeps the time while its answers are checked; `leftMs` is for how long. */
export const holdTimeAction = action(["patient"], holdForm, async (ctx, input) => {
  const want = wanted(input);
  const held = await withOthers(ctx, input.service, await offerNearest(ctx, want, await holdSlot(ctx, want)));
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
  async (ctx, { reason, slot, others, ...input }) => {
    if (!slot) return withOthers(ctx, input.service, noTimeChosen(), others);
    const want = wanted({ ...input, slot });
    const booked = await bookAppointment(ctx, { ...want, ...(reason ? { reason } : {}) });
    if (booked.ok) redirect(`/visits/${booked.value.id}/booked?for=${input.for}`);
    const before = await bookedBefore(ctx, want);
    if (before) redirect(`/visits/${before}/booked?for=${input.for}`);
    return withOthers(ctx, input.service, await offerNearest(ctx, want, booked), others);
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
