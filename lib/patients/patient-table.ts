import { asc, desc } from "drizzle-orm";
import { withActor } from "@/db/client";
import { patients } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { countUpTo } from "@/lib/platform/count-up-to";
import { may } from "@/lib/platform/permissions";
import { openPatients, selectPatients } from "./columns";
import { searchPatients } from "./search-patients";
import type { PatientView } from "./views";

const SORTS = {
  name: [patients.familyName, patients.givenName],
  dateOfBirth: [patients.dateOfBirth],
} as const;
export type PatientSort = keyof typeof SORTS;
export const PATIENT_SORTS = Object.keys(SORTS) as PatientSort[];

/** Nobody reads on after as many likenesses; the search itself puts the likest first. */
const MAX_FOUND = 500;

type Input = { query?: string | undefined; sort: PatientSort; descending: boolean; page: number; size: number };

/** Patients for a table of staff: by page number, with how many there are. A search keeps its own order, the likest first. */
export async function patientTable(
  ctx: Context,
  { query, sort, descending, page, size }: Input,
): Promise<Result<{ items: PatientView[]; total: number }, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "patient.search")) return refuse("forbidden");
  const from = (page - 1) * size;
  if (query?.trim()) {
    const found = await searchPatients(ctx, { query, limit: MAX_FOUND });
    if (!found.ok) return found;
    return ok({ items: found.value.items.slice(from, from + size), total: found.value.items.length });
  }
  const way = descending ? desc : asc;
  return withActor(ctx, async ({ db }) => {
    const [total, rows] = await Promise.all([
      countUpTo({ db }, patients),
      selectPatients({ db })
        .orderBy(...SORTS[sort].map((column) => way(column)), asc(patients.id))
        .limit(size)
        .offset(from),
    ]);
    return ok({ items: await openPatients(rows), total });
  });
}
