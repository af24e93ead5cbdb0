import { z } from "zod";
import { CONSENT_KINDS } from "@/db/schema";
import { idField } from "@/lib/platform/fields";

export const setConsentBody = z.strictObject({ kind: z.enum(CONSENT_KINDS), given: z.boolean() });
export const setConsentInput = setConsentBody.extend({ patientId: idField });
export type SetConsentInput = z.infer<typeof setConsentInput>;
