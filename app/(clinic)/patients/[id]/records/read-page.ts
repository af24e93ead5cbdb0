import "server-only";
import { notFound } from "next/navigation";
import { requireDoctor } from "@/app/(doctor)/own-doctor";
import { readerZone } from "@/app/reader-zone";
import { isUuid } from "@/lib/clinic/queries";
import type { UserActor } from "@/lib/domain/actor";
import { getPatient } from "@/lib/patients/queries";
import type { PatientView } from "@/lib/patients/views";
import type { Context } from "@/lib/platform/context";
import { getRecord } from "@/lib/records/get-record";
import { listGlass } from "@/lib/records/list-glass";
import { recordAccess } from "@/lib/records/record-access";
import type { Access, GlassView, RecordView } from "@/lib/records/views";

export type RecordsPage = {
  ctx: Context & { actor: UserActor };
  patient: PatientView;
  /** What lets the doctor to these records; null where nothing does. One's own are for the portal. */
  access: Access | null;
  /** The emergency access that is open now. */
  glass: GlassView | undefined;
  zone: string;
};

/** Whose records a page below /patients/{id}/records is about, and what the doctor who is signed in may do with them. */
export async function readRecordsPage(params: Promise<{ id: string }>): Promise<RecordsPage> {
  const { ctx } = await requireDoctor();
  const { id } = await params;
  const patient = isUuid(id) ? await getPatient(ctx, { id }) : null;
  if (!patient?.ok) notFound();
  const [found, zone] = await Promise.all([recordAccess(ctx, { patientId: id }), readerZone(ctx)]);
  const access = found.ok ? found.value.access : null;
  const glass = access === "break_glass" ? await openGlassOf(ctx, id) : undefined;
  return { ctx, patient: patient.value, access, glass, zone };
}

async function openGlassOf(ctx: Context, patientId: string): Promise<GlassView | undefined> {
  const found = await listGlass(ctx, { patientId });
  return found.ok
    ? found.value.items.find(({ closedAt, expiresAt }) => !closedAt && new Date(expiresAt) > ctx.now)
    : undefined;
}

/** The same with one record of this patient. What is not there and what may not be read answer alike. */
export async function readRecordPage(
  params: Promise<{ id: string; recordId: string }>,
): Promise<RecordsPage & { record: RecordView }> {
  const page = await readRecordsPage(params);
  const { id, recordId } = await params;
  const record = isUuid(recordId) ? await getRecord(page.ctx, { id: recordId }) : null;
  if (!record?.ok || record.value.patientId !== id) notFound();
  return { ...page, record: record.value };
}
