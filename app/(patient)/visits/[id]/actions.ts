"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { noTimeChosen, slotFields, withOthers } from "@/app/(public)/find/other-times";
import { findHref, isId, readSlotToken } from "@/components/find/query";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { getVisit } from "@/lib/appointments/get-appointment";
import { offerNearest } from "@/lib/appointments/nearest";
import { rescheduleAppointment } from "@/lib/appointments/reschedule-appointment";
import { localDate } from "@/lib/domain/zone";
import { action, formAction } from "@/lib/platform/action";
import { joinWaitlist } from "@/lib/waitlist/join-waitlist";
import { waitlistIdInput } from "@/lib/waitlist/schemas";

const cancelForm = z.strictObject({ id: z.uuid(), reason: z.string().max(2_000).optional() });
const moveForm = z.strictObject({ id: z.uuid(), ...slotFields });

/** Goes on to the page that asks whether the visit may be moved to the time whose button was pressed; changes nothing. */
export async function chooseNewTimeAction(form: FormData): Promise<void> {
  const [id, slot, person] = ["id", "slot", "for"].map((name) => String(form.get(name) ?? "")) as [
    string,
    string,
    string,
  ];
  if (!isId(id)) redirect("/visits");
  const query = { for: isId(person) ? person : undefined };
  redirect(
    readSlotToken(slot)
      ? findHref(`/visits/${id}/move/check`, { ...query, slot })
      : findHref(`/visits/${id}/move`, query),
  );
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
  async (ctx, { id, slot, others }) => {
    const chosen = readSlotToken(slot);
    const moved = chosen
      ? await rescheduleAppointment(ctx, { id, doctorId: chosen.doctorId, start: new Date(chosen.start) })
      : noTimeChosen();
    if (moved.ok) redirect(`/visits/${id}?notice=moved`);
    const visit = await getVisit(ctx, { id });
    if (!visit.ok) return moved;
    const serviceId = visit.value.service.id;
    const wanted = chosen && { serviceId, doctorId: chosen.doctorId, start: new Date(chosen.start) };
    return withOthers(ctx, serviceId, wanted ? await offerNearest(ctx, wanted, moved) : moved, others);
  },
  { messages: "visits" },
);

const waitForEarlier = action(["patient"], waitlistIdInput, async (ctx, { id }) => {
  const visit = await getVisit(ctx, { id });
  if (!visit.ok) return visit;
  const { service, patient, location, start, timeZone } = visit.value;
  return joinWaitlist(ctx, {
    ...{ serviceId: service.id, patientId: patient?.id, locationId: location.id, earlierThan: id },
    from: localDate(ctx.now.getTime() / 1_000, timeZone),
    to: localDate(Date.parse(start) / 1_000, timeZone),
  });
});

/** Waits for an earlier time at the same place, to which the visit moves once it is accepted. */
export async function waitForEarlierAction(form: FormData): Promise<void> {
  const joined = await waitForEarlier({ id: form.get("id") });
  redirect(`/visits?notice=${joined.ok ? "waiting" : joined.code === "policy_refused" ? "enough" : "unchanged"}`);
}
