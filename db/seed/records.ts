import { createHash, randomBytes } from "node:crypto";
import type { Tx } from "@/db/client";
import { medicalRecords, recordAttachments, recordTemplates, recordVersions } from "@/db/schema";
import type { Storage } from "@/lib/platform/storage";
import { patientKey } from "@/lib/protection/patient-keys";
import { type DataKey, sealBytes, sealJson } from "@/lib/protection/seal";
import { contentPlace, metaPlace, reasonPlace } from "@/lib/records/record-row";
import type { SeedClinic } from "./clinic";
import type { SeedPeople } from "./people";
import type { Random } from "./random";
import { NOTES, PAGE, STORIES, TEMPLATES } from "./record-words";
import type { SeedVisit } from "./visits";

/** The doctor who can sign in has written about so many of the latest visits. */
const NOTES_OF_DEMO_DOCTOR = 60;
const DRAFTS = 2;

type Story = (typeof STORIES)[number];
type Entry = { visit: SeedVisit; words: Omit<Story, "release" | "kind"> & Partial<Story>; isDraft: boolean };

const hasBeen = ({ status }: SeedVisit) => status === "fulfilled";

/** Which visits left what: the demo's own people all kinds, the demo doctor's patients a note each. */
function planRecords(random: Random, clinic: SeedClinic, people: SeedPeople, visits: SeedVisit[]): Entry[] {
  const past = visits.filter(hasBeen).sort((a, b) => b.during.start - a.during.start);
  const own = past.filter(({ patientId }) => people.demoPatientIds.includes(patientId));
  const stories = people.demoPatientIds.flatMap((patientId) => {
    const [visit] = own.filter((one) => one.patientId === patientId).slice(-1);
    return visit ? STORIES.map((words) => ({ visit, words, isDraft: false })) : [];
  });
  const notes = own.map((visit) => ({
    visit,
    words: { ...random.pick(NOTES), release: "released" as const },
    isDraft: false,
  }));
  const doctors = past
    .filter(({ doctorId, patientId }) => doctorId === clinic.demoDoctorId && !people.demoPatientIds.includes(patientId))
    .slice(0, NOTES_OF_DEMO_DOCTOR)
    .map((visit, nth) => ({ visit, words: random.pick(NOTES), isDraft: nth < DRAFTS }));
  return [...stories, ...notes, ...doctors];
}

type Rows = {
  records: (typeof medicalRecords.$inferInsert)[];
  versions: (typeof recordVersions.$inferInsert)[];
  files: (typeof recordAttachments.$inferInsert)[];
};

/** Writes the demo's records. Files are left out where there is no store for them. */
export async function writeRecords(
  tx: Tx,
  {
    random,
    clinic,
    people,
    visits,
    files,
  }: { random: Random; clinic: SeedClinic; people: SeedPeople; visits: SeedVisit[]; files: Storage | undefined },
): Promise<void> {
  await tx.db
    .insert(recordTemplates)
    .values(TEMPLATES.map((template) => ({ ...template, kind: "visit_note" as const })));
  const entries = planRecords(random, clinic, people, visits);
  const patientIds = [...new Set(entries.map(({ visit }) => visit.patientId))];
  const keys = new Map(await Promise.all(patientIds.map(async (id) => [id, await patientKey(tx, id)] as const)));
  const rows: Rows = { records: [], versions: [], files: [] };
  for (const entry of entries) {
    const key = keys.get(entry.visit.patientId);
    if (!key) throw new Error("a patient has no key");
    const recordId = addRecord(rows, random, entry, key);
    if (entry.words.file && files) await addFile(rows, random, entry, { key, recordId, files });
  }
  if (rows.records.length === 0) return;
  await tx.db.insert(medicalRecords).values(rows.records);
  await tx.db.insert(recordVersions).values(rows.versions);
  if (rows.files.length > 0) await tx.db.insert(recordAttachments).values(rows.files);
}

function addRecord(rows: Rows, random: Random, { visit, words, isDraft }: Entry, key: DataKey): string {
  const at = new Date(visit.during.end * 1_000);
  const [id, versionId] = [random.uuid(at), random.uuid(at)];
  const { patientId, doctorId } = visit;
  const { kind = "visit_note", release = "pending", reason, title, body, coding = null } = words;
  const signedAt = isDraft ? null : at;
  rows.records.push({
    ...{
      id,
      patientId,
      doctorId,
      kind,
      release,
      signedAt,
      appointmentId: visit.id,
      status: isDraft ? "draft" : "signed",
    },
    ...{
      occurredAt: new Date(visit.during.start * 1_000),
      createdAt: at,
      updatedAt: at,
      isWarning: kind === "allergy",
    },
    releasedAt: release === "released" ? at : null,
    withheldReasonSealed: reason ? sealJson(key, reasonPlace(id, "withheld_reason_sealed"), reason) : null,
    keyId: key.id,
  });
  const contentSealed = sealJson(key, contentPlace(versionId), { title, body, coding, reason: null });
  rows.versions.push({
    ...{
      id: versionId,
      recordId: id,
      patientId,
      doctorId,
      number: 1,
      contentSealed,
      keyId: key.id,
      signedAt,
      createdAt: at,
    },
  });
  return id;
}

async function addFile(
  rows: Rows,
  random: Random,
  { visit, words }: Entry,
  { key, recordId, files }: { key: DataKey; recordId: string; files: Storage },
): Promise<void> {
  const at = new Date(visit.during.end * 1_000);
  const id = random.uuid(at);
  const fileKey = randomBytes(32);
  const storageName = randomBytes(16).toString("hex");
  const sealed = sealBytes({ id, key: fileKey }, { table: "record_attachments", column: "file", rowId: id }, PAGE);
  await files.put(storageName, sealed);
  rows.files.push({
    ...{
      id,
      recordId,
      patientId: visit.patientId,
      storageName,
      contentType: "application/pdf",
      sizeBytes: PAGE.length,
    },
    sha256: createHash("sha256").update(sealed).digest("hex"),
    metaSealed: sealJson(key, metaPlace(id), { fileName: `${words.title}.pdf`, fileKey: fileKey.toString("base64") }),
    ...{ keyId: key.id, createdAt: at },
  });
}
