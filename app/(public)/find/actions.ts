"use server";

import { redirect } from "next/navigation";
import { findHref, readFindQuery, readSlotToken } from "@/components/find/query";
import { holdSlot } from "@/lib/appointments/hold-slot";
import { limitRequest } from "@/lib/platform/rate-limit";
import { pageContext } from "@/lib/platform/request";
import { bookablePeople } from "./people";

/**
 * Takes the time whose button was pressed: visitors go on by way of the sign-in page, for patients it is kept while they check their answers.
 * A time that can't be kept is the next page's matter, which says so and offers others.
 */
export async function chooseTimeAction(form: FormData): Promise<void> {
  const query = readFindQuery(
    Object.fromEntries([...form].filter(([, value]) => typeof value === "string")) as Record<string, string>,
  );
  const chosen = readSlotToken(query.slot);
  if (!chosen || !query.service) redirect(findHref("/find", query, { slot: undefined }));
  const ctx = await pageContext();
  const here = findHref("/find/check", query);
  if (ctx.actor.kind !== "user") redirect(`/sign-in?next=${encodeURIComponent(here)}`);
  const people = await bookablePeople(ctx);
  const person = people.length === 1 ? people[0] : people.find(({ id }) => id === query.for);
  const limit = await limitRequest("write", ctx.actor.userId);
  if (person && limit.allowed)
    await holdSlot(ctx, {
      serviceId: query.service,
      doctorId: chosen.doctorId,
      locationId: chosen.locationId,
      start: new Date(chosen.start),
      patientId: person.id,
    });
  redirect(here);
}
