import { z } from "zod";

export { ACCESS_KINDS, ACCESS_TARGETS } from "@/lib/domain/record-access";

/** One change of one row. `changes` is `{column: [old, new]}`, or `{column: "protected"}` where values are not kept; null but for updates. */
export const auditEventView = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.object({
    /** user, system (one of our own jobs), anonymous, or database: somebody at its console. */
    kind: z.string(),
    userId: z.uuid().nullable(),
    role: z.string().nullable(),
    name: z.string().nullable(),
    job: z.string().nullable(),
  }),
  patientId: z.uuid().nullable(),
  table: z.string(),
  rowId: z.string(),
  operation: z.enum(["insert", "update", "delete"]),
  changes: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string().nullable(),
});
export type AuditEventView = z.infer<typeof auditEventView>;

/** One read of somebody's records. */
export type AccessView = {
  id: string;
  at: string;
  reader: { userId: string | null; name: string | null; role: string | null; job: string | null };
  patient: { id: string; name: string | null };
  recordId: string | null;
  what: string;
  access: string;
  requestId: string | null;
};
