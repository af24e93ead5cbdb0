import { z } from "zod";
import { cursorField, dateField, idField, instantField, limitField } from "@/lib/platform/fields";

export const MAX_SEARCH_DAYS = 62;

const dateOrInstant = z.union([dateField, instantField], {
  error: "must be a date such as 2026-01-05 or an instant such as 2026-01-05T09:00:00Z",
});

const what = { serviceId: idField, doctorId: idField.optional(), locationId: idField.optional() };

/** `from` and `to` are dates (whole days at the location, both included) or instants (half-open), both of one kind. */
export const searchSlotsInput = z.strictObject({
  ...what,
  from: dateOrInstant,
  to: dateOrInstant,
  limit: limitField(1_000, 100),
  cursor: cursorField,
});
export type SearchSlotsInput = z.input<typeof searchSlotsInput>;

export const countSlotsInput = z.strictObject({ ...what, from: dateField, to: dateField });
export type CountSlotsInput = z.infer<typeof countSlotsInput>;

export const nextSlotsInput = z.strictObject(what);
export type NextSlotsInput = z.infer<typeof nextSlotsInput>;

export const explainSlotInput = z.strictObject({
  serviceId: idField,
  doctorId: idField,
  locationId: idField.optional(),
  start: instantField,
});
export type ExplainSlotInput = z.infer<typeof explainSlotInput>;
