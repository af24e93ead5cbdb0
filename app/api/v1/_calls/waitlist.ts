import { z } from "zod";
import { defineCall } from "@/lib/platform/api";
import { joinWaitlistInput, listWaitlistInput, partOfDay, wishStatus } from "@/lib/waitlist/schemas";
import { appointment, id, idParams, instant, listOf, named, timeZone } from "./shapes";

const tag = "Waiting list";

const offer = z.object({
  id,
  start: instant,
  end: instant,
  timeZone,
  doctor: named,
  location: named,
  expiresAt: instant,
});
const wish = z
  .object({
    id,
    status: wishStatus,
    service: named,
    doctors: z.array(named).meta({ description: "Empty: any." }),
    location: named.nullable(),
    patient: named,
    from: z.iso.date(),
    to: z.iso.date(),
    weekdays: z.array(z.int()).meta({ description: "1 (Monday) to 7; empty: any." }),
    partsOfDay: z.array(partOfDay).meta({ description: "Mornings end at noon, afternoons at five." }),
    earlierThan: id.nullable().meta({ description: "The visit that moves to an accepted time." }),
    offer: offer.nullable().meta({ description: "A time that is kept until `expiresAt`." }),
    version: z.int(),
    createdAt: instant,
  })
  .meta({ id: "Wish" });

export const joinWaitlist = defineCall({
  method: "POST",
  path: "/waitlist",
  summary: "Wait for a time that is not free yet",
  tag,
  access: "signed_in",
  body: joinWaitlistInput,
  status: 201,
  response: wish,
  refusals: ["not_found", "forbidden", "policy_refused"],
  creates: true,
});

export const listWaitlist = defineCall({
  method: "GET",
  path: "/waitlist",
  summary: "Wishes that the caller may see, the newest first, with what is offered for them",
  tag,
  access: "signed_in",
  query: z.object(listWaitlistInput.shape),
  status: 200,
  response: listOf(wish),
});

export const leaveWaitlist = defineCall({
  method: "DELETE",
  path: "/waitlist/{id}",
  summary: "Wait no longer",
  tag,
  access: "signed_in",
  params: idParams,
  status: 204,
  refusals: ["forbidden"],
});

export const acceptOffer = defineCall({
  method: "POST",
  path: "/waitlist/offers/{id}/accept",
  summary: "Take an offered time",
  tag,
  access: "signed_in",
  params: idParams,
  body: z.strictObject({}),
  status: 200,
  response: appointment,
  refusals: ["slot_unavailable", "patient_busy", "policy_refused", "invalid_transition", "forbidden"],
});

export const declineOffer = defineCall({
  method: "POST",
  path: "/waitlist/offers/{id}/decline",
  summary: "Let an offered time go",
  tag,
  access: "signed_in",
  params: idParams,
  body: z.strictObject({}),
  status: 204,
  refusals: ["invalid_transition", "forbidden"],
});
