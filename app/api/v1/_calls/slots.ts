import { z } from "zod";
import { explainSlotInput, nextSlotsInput, searchSlotsInput } from "@/lib/availability/schemas";
import { defineCall } from "@/lib/platform/api";
import { explanation, listOf, slot } from "./shapes";

const tag = "Slots";

export const searchSlots = defineCall({
  method: "GET",
  path: "/slots",
  summary: "Free times of a service, in order of start",
  tag,
  access: "public",
  query: z.object(searchSlotsInput.shape),
  status: 200,
  response: listOf(slot),
  refusals: ["not_found"],
});
export const nextSlots = defineCall({
  method: "GET",
  path: "/slots/next",
  summary: "The first free time of each doctor",
  tag,
  access: "public",
  query: z.object(nextSlotsInput.shape),
  status: 200,
  response: listOf(slot),
  refusals: ["not_found"],
});
export const explainSlot = defineCall({
  method: "GET",
  path: "/slots/explain",
  summary: "Why a time is or is not offered",
  tag,
  access: "staff",
  query: z.object(explainSlotInput.shape),
  status: 200,
  response: explanation,
  refusals: ["not_found"],
});
