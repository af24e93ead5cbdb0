import { and, asc, eq, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { patientProxies, patients } from "@/db/schema";
import { isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE, type ListInput } from "@/lib/platform/fields";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import { openPatients, patientName, readPatient, selectPatients } from "./columns";
import { liveGrant, mayActFor } from "./may-act-for";
import type { listPatientsInput } from "./schemas";
import { searchPatients } from "./search-patients";
import type { PatientView, RepresentedPatient } from "./views";

type Listed = Promise<Result<Page<PatientView>, "forbidden" | "validation_failed">>;

/**
 * Staff: everybody in order of name, or, with `query`, whoever fits it, the likest first. Patients: themselves and those they act for, or
 * whichever of these the words of `query` are in.
 */
export async function listPatients(ctx: Context, input: ListInput<typeof listPatientsInput>): Listed {
  if (!mayAtAll(ctx.actor, "patient.read")) return refuse("forbidden");
  const limit = input.limit ?? DEFAULT_PAGE;
  const isStaff = may(ctx.actor, "patient.search");
  if (isStaff && input.query?.trim()) return searchPatients(ctx, { query: input.query, limit, cursor: input.cursor });
  const after = afterPatient(input.cursor);
  if (after === null) return badCursor();
  const mine = isStaff ? undefined : sql`${patients.id} in (select app_patient_ids())`;
  const found = await withActor(ctx, async (tx) => {
    const rows = selectPatients(tx)
      .where(and(mine, after))
      .orderBy(asc(patients.familyName), asc(patients.givenName), asc(patients.id));
    // What is sealed is searched here: those whom somebody acts for are a handful.
    return openPatients(await (isStaff || !input.query?.trim() ? rows.limit(limit + 1) : rows));
  });
  const rows = isStaff ? found : found.filter(holding(input.query));
  return ok(page(rows.slice(0, limit + 1), limit, (row) => [row.familyName, row.givenName, row.id]));
}

/** Every word of the query is somewhere in what tells a patient from others. */
function holding(query = "") {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ name, dateOfBirth, email, phone, recordNumber }: PatientView) => {
    const known = [name, dateOfBirth, email, phone, recordNumber].join(" ").toLowerCase();
    return words.every((word) => known.includes(word));
  };
}

function afterPatient(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const values = decodeCursor(cursor);
  const [family, given, id] = values ?? [];
  if (values?.length !== 3 || typeof family !== "string" || typeof given !== "string" || !isUuid(id)) return null;
  return sql`(${patients.familyName}, ${patients.givenName}, ${patients.id}) > (${family}, ${given}, ${id}::uuid)`;
}

/** One patient, to staff, to themselves and to those who act for them. */
export async function getPatient(ctx: Context, input: { id: string }): Promise<Result<PatientView, "not_found">> {
  return withActor(ctx, async (tx) => {
    const row = await readPatient(tx, input.id);
    return row && (await mayActFor(tx, ctx, row.id, "patient.read")) ? ok(row) : refuse("not_found");
  });
}

/** Those whom the signed-in account stands for: itself first, then whom it holds a live grant for. */
export async function representedPatients(ctx: Context): Promise<RepresentedPatient[]> {
  const { actor } = ctx;
  if (actor.kind !== "user") return [];
  return withActor(ctx, async (tx) => [
    ...(actor.patientId ? await ownPatient(tx, actor.patientId) : []),
    ...(await grantedPatients(tx, actor.userId, ctx.now)),
  ]);
}

const identity = { id: patients.id, name: patientName, dateOfBirth: patients.dateOfBirth };

const ownPatient = (tx: Tx, patientId: string): Promise<RepresentedPatient[]> =>
  tx.db
    .select({
      ...identity,
      relationship: sql<string>`'self'`,
      capabilities: sql<string[]>`array['view', 'book', 'cancel', 'records']`,
    })
    .from(patients)
    .where(eq(patients.id, patientId));

const grantedPatients = (tx: Tx, userId: string, now: Date): Promise<RepresentedPatient[]> =>
  tx.db
    .select({
      ...identity,
      relationship: patientProxies.relationship,
      capabilities: patientProxies.capabilities,
    })
    .from(patientProxies)
    .innerJoin(patients, eq(patients.id, patientProxies.patientId))
    .where(and(eq(patientProxies.userId, userId), liveGrant(now)))
    .orderBy(asc(patientProxies.id));
