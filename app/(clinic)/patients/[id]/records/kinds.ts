import type { RecordKind } from "@/lib/records/schemas";

/** In the order in which they are offered; apart from the schema so that a browser can read it. */
export const KINDS = [
  "visit_note",
  "diagnosis",
  "allergy",
  "medication",
  "vaccination",
  "result",
  "document",
] as const satisfies readonly RecordKind[];

/** What is named by a system of codes. */
export const isCoded = (kind: RecordKind) =>
  kind === "diagnosis" || kind === "allergy" || kind === "medication" || kind === "vaccination";
