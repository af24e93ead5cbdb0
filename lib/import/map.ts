import { z } from "zod";
import { secondsOfTime } from "@/lib/domain/calendar";
import { isValidTimeZone } from "@/lib/domain/zone";
import { ImportFault, placeAt } from "./fault";

const column = z.string().min(1).max(200);
const text = z.string().trim().min(1).max(200);

/** Which columns of the file hold what. Exactly one of `day` and `startsAt` by `placement`; without names patients are called by their number. */
const columns = z.strictObject({
  externalId: column,
  patientId: column,
  location: column,
  /** When the visit was asked for: wall time, or an instant with an offset. */
  requestedAt: column,
  /** The date of the visit, for `"placement": "first-free"`. */
  day: column.optional(),
  /** The wall time or instant at which it starts, for `"placement": "as-given"`. */
  startsAt: column.optional(),
  outcome: column.optional(),
  givenName: column.optional(),
  familyName: column.optional(),
  sex: column.optional(),
  dateOfBirth: column.optional(),
});

const hours = z.strictObject({
  /** ISO: Monday 1 to Sunday 7. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  start: z
    .string()
    .refine((time) => time !== "24:00" && !Number.isNaN(secondsOfTime(time)), "must be a time such as 08:00"),
  end: z.string().refine((time) => !Number.isNaN(secondsOfTime(time)), "must be a time such as 17:00"),
});

const WEEKDAY_HOURS: z.infer<typeof hours>[] = [{ weekdays: [1, 2, 3, 4, 5], start: "08:00", end: "17:00" }];

export const importMapInput = z
  .strictObject({
    /** Goes before the file's own numbers (`vitoria:5642903`), so that two sources never meet. */
    source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be lower-case letters, digits and hyphens"),
    timeZone: z.string().refine(isValidTimeZone, "is not an IANA time zone such as America/Sao_Paulo"),
    delimiter: z.string().length(1).default(","),
    columns,
    /** The file's words for ours; a word that is not listed is refused with its row. */
    values: z
      .strictObject({
        outcome: z.record(z.string(), z.enum(["fulfilled", "no_show", "booked"])).default({}),
        sex: z.record(z.string(), z.enum(["female", "male", "other", "unknown"])).default({}),
      })
      .default({ outcome: {}, sex: {} }),
    service: z.strictObject({
      name: text,
      durationMinutes: z.number().int().min(5).max(1_440),
      horizonDays: z.number().int().min(1).max(1_100).default(1_100),
    }),
    /** A file that has only days says "first-free"; one with times need not say anything. */
    placement: z.enum(["first-free", "as-given"]).default("as-given"),
    createMissing: z
      .strictObject({
        doctorsPerLocation: z.number().int().min(1).max(200),
        hours: z.array(hours).min(1).default(WEEKDAY_HOURS),
      })
      .optional(),
  })
  .superRefine((map, ctx) => {
    const need = map.placement === "first-free" ? "day" : "startsAt";
    if (!map.columns[need])
      ctx.addIssue({
        code: "custom",
        path: ["columns"],
        message: `"${need}" is needed with placement ${map.placement}`,
      });
    for (const [index, { start, end }] of (map.createMissing?.hours ?? []).entries()) {
      if (secondsOfTime(end) <= secondsOfTime(start))
        ctx.addIssue({
          code: "custom",
          path: ["createMissing", "hours", index, "end"],
          message: "must be after start",
        });
    }
  });

export type ImportMap = z.output<typeof importMapInput>;

/** Reads a map. Throws an `ImportFault` with line, column and path of the first thing that is wrong. */
export function parseMap(file: string, json: string): ImportMap {
  const parsed = importMapInput.safeParse(jsonOf(file, json));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map(String);
  const more = parsed.error.issues.length > 1 ? ` (and ${parsed.error.issues.length - 1} more)` : "";
  const what = `${path.length > 0 ? `${path.join(".")}: ` : ""}${issue?.message ?? "is not a map"}${more}`;
  throw new ImportFault(file, what, placeAt(json, offsetOf(json, path)));
}

function jsonOf(file: string, json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, offset] = /position (\d+)/.exec(message) ?? [];
    const place = placeAt(json, offset === undefined ? json.length : Number(offset));
    throw new ImportFault(file, "is not valid JSON here", place);
  }
}

/** Where the keys of a path stand, as far as they are there. */
function offsetOf(json: string, path: string[]): number {
  let offset = Math.max(0, json.indexOf("{"));
  for (const key of path) {
    const at = json.indexOf(JSON.stringify(key), offset);
    if (at < 0) continue;
    offset = at;
  }
  return offset;
}
