import { z } from "zod";
import { isValidTimeZone } from "@/lib/domain/zone";

// Pieces that every feature's schemas are put together from, so that the same field is judged alike at every door.

/** Any id that PostgreSQL takes for a uuid; whether there is such a thing is the verb's to say. */
export const idField = z.guid();

/** Text that somebody typed and that must say something. */
export const nameField = (max = 120) => z.string().trim().min(1, "must not be empty").max(max);

/** Text that may be left out; null or nothing but blanks takes away what was there. */
export const textField = (max: number) => z.string().trim().max(max).nullish();

export const emailField = z.string().trim().max(254).pipe(z.email("is not an e-mail address"));

export const timeZoneField = z.string().max(64).refine(isValidTimeZone, "is not an IANA time zone");

export const localeField = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "is not a language tag");

/** A date that exists: YYYY-MM-DD. */
export const dateField = z.iso.date("is not a date (YYYY-MM-DD)");

/** RFC 3339, with an offset or Z. */
export const instantField = z.iso.datetime({
  offset: true,
  error: "is not an instant (RFC 3339, with Z or an offset)",
});

/** How many items a page has. Query strings carry digits; forms and actions may give the number itself. */
export const limitField = (max: number, usual: number) =>
  z
    .union([z.number(), z.string().regex(/^\d{1,9}$/)], `must be a whole number from 1 to ${max}`)
    .transform(Number)
    .pipe(z.int().min(1).max(max))
    .default(usual)
    .meta({ override: { type: "integer", minimum: 1, maximum: max, default: usual, anyOf: undefined } });

/** What `nextCursor` gave. */
export const cursorField = z.string().min(1).max(2_000).optional();

export const pageFields = { limit: limitField(100, 25), cursor: cursorField };

/** What a list verb takes: a caller inside may leave the page size out. */
export type ListInput<Schema extends z.ZodType> = Omit<z.infer<Schema>, "limit"> & { limit?: number };

export const DEFAULT_PAGE = 25;

export const versionFields = { id: idField, expectedVersion: z.number().int().optional() };

/** Blank text is no text. */
export const blankToNull = <T>(value: T) => (value === "" ? null : value);
