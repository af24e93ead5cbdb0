"use server";

import { redirect } from "next/navigation";
import { findHref, readFindQuery, readSlotToken } from "@/components/find/query";
import { holdSlot } from "@/lib/appointments/hold-slot";
import { addDays } from "@/lib/domain/calendar";
import { limitRequest } from "@/lib/platform/rate-limit";
import { pageContext } from "@/lib/platform/request";
import { joinWaitlist } from "@/lib/waitlist/join-waitlist";
import { joinWaitlistInput } from "@/lib/waitlist/schemas";
import { bookablePeople } from "./people";

const answersIn = (form: FormData) =>
  readFindQuery(
    Object.fromEntries([...form].filter(([, value]) => typeof value === "string")) as Record<string, string>,
  );

/**
 * Takes the time whose button was pressed: visitors go on by way of the sign-in page, for patients it is kept while they check their answers.
 * A time that can't be kept is the next page's matter, which says so and offers others.
 */
export async function chooseTimeAction(form: FormData): Promise<void> {
  const query = answersIn(form);
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

/** For so many days one waits who has said no more. */
const WAITING_DAYS = 60;

/** Puts what was asked for on the waiting list; visitors sign in first. */
export async function joinWaitlistAction(form: FormData): Promise<void> {
  const query = answersIn(form);
  const here = findHref("/find", query);
  const ctx = await pageContext();
  if (ctx.actor.kind !== "user") redirect(`/sign-in?next=${encodeURIComponent(here)}`);
  const people = await bookablePeople(ctx);
  const person = people.length === 1 ? people[0] : people.find(({ id }) => id === query.for);
  const limit = await limitRequest("write", ctx.actor.userId);
  if (!person || !query.service || !limit.allowed) redirect(here);
  const today = ctx.now.toISOString().slice(0, 10);
  const wish = joinWaitlistInput.safeParse({
    ...{ serviceId: query.service, patientId: person.id, from: today, to: addDays(today, WAITING_DAYS) },
    ...{ weekdays: form.getAll("weekday").map(Number), partsOfDay: form.getAll("part") },
    ...(query.doctor ? { doctorIds: [query.doctor] } : {}),
    ...(query.place && query.place !== "any" ? { locationId: query.place } : {}),
  });
  if (!wish.success) redirect(here);
  const joined = await joinWaitlist(ctx, wish.data);
  redirect(`/visits?notice=${joined.ok ? "waiting" : joined.code === "policy_refused" ? "enough" : "unchanged"}`);
}
