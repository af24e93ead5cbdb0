import { z } from "zod";
import { ACCESS_KINDS, ACCESS_TARGETS } from "@/lib/domain/record-access";
import { idField, instantField, pageFields } from "@/lib/platform/fields";

export const listAuditEventsInput = z.strictObject({
  ...pageFields,
  table: z
    .string()
    .regex(/^[a-z_]{1,63}$/, "is not the name of a table")
    .optional(),
  rowId: z.string().min(1).max(200).optional(),
  /** Who did it. */
  userId: idField.optional(),
  /** Whose data it was. */
  patientId: idField.optional(),
  operation: z.enum(["insert", "update", "delete"]).optional(),
  requestId: z.string().min(1).max(200).optional(),
  /** Half-open: `to` itself is left out. */
  from: instantField.optional(),
  to: instantField.optional(),
});

export const listAccessEventsInput = z.strictObject({
  userId: idField.optional(),
  patientId: idField.optional(),
  what: z.enum(ACCESS_TARGETS).optional(),
  /** What let them in. */
  access: z.enum(ACCESS_KINDS).optional(),
  requestId: z.string().min(1).max(200).optional(),
  from: instantField.optional(),
  to: instantField.optional(),
});

/** Whom a table's text filter means: an id, or words of a name, an address or a record number. */
export type PeopleWords = { who?: string | undefined; whose?: string | undefined };
/** A page of a table. */
export type TablePage = { page: number; size: number };
