import { z } from "zod";
import { CONSENT_KINDS, CONSENT_PLACES } from "@/db/schema";

/** One thing that patients are asked: what holds now, and each decision, the latest first. */
export const consentView = z.object({
  kind: z.enum(CONSENT_KINDS),
  given: z.boolean(),
  /** Of the text that is shown now. */
  textVersion: z.int(),
  canBeWithdrawn: z.boolean(),
  history: z.array(
    z.object({
      decision: z.enum(["given", "withdrawn"]),
      textVersion: z.int(),
      at: z.string(),
      byUserId: z.uuid().nullable(),
      place: z.enum(CONSENT_PLACES),
    }),
  ),
});
export type ConsentView = z.infer<typeof consentView>;

const counts = z.record(z.string(), z.int());
const outcome = z.enum(["complete", "records_kept"]);

/** What an erasure would do now. With `legal_hold` among the grounds it would be refused. */
export const erasurePlan = z.object({
  outcome,
  grounds: z.array(z.enum(["legal_hold", "record_retention"])),
  keptUntil: z.string().nullable(),
  keptRecords: z.int(),
  /** Rows by what is done with them. */
  counts,
  /** Sealed files that are removed from the store. */
  files: z.int(),
});
export type ErasurePlan = z.infer<typeof erasurePlan>;

/** A request to be erased, and the certificate of what was done. */
export const erasureView = z.object({
  id: z.uuid(),
  patientId: z.uuid(),
  status: z.enum(["requested", "refused", "done"]),
  requestedAt: z.string(),
  decidedAt: z.string().nullable(),
  refusal: z.enum(["identity_not_proved", "legal_hold", "legal_duty", "withdrawn"]).nullable(),
  outcome: outcome.nullable(),
  keptUntil: z.string().nullable(),
  counts: counts.nullable(),
  certificateHash: z.string().nullable(),
});
export type ErasureView = z.infer<typeof erasureView>;
export type ListedErasure = ErasureView & { patientName: string; recordNumber: string };

export type HoldView = {
  id: string;
  patientId: string;
  reason: string;
  until: string | null;
  createdAt: string;
  endedAt: string | null;
};

/** A patient whose records have served their time. */
export type DueRecords = { patientId: string; name: string; recordNumber: string; newestAt: string };

export type RetentionRun = { id: string; what: string; removed: number; at: string };
