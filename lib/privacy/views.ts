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
