import type { CONSENT_KINDS } from "@/db/schema";

export type ConsentKind = (typeof CONSENT_KINDS)[number];

/**
 * What patients are asked, at the version that is shown now; the words are in `messages/*\/privacy.json`. A text that changes in what it says gets the
 * next version: what was given to an older one still counts, and its number stays in the row. None holds until it is given.
 */
export const CONSENT_TEXTS: Record<ConsentKind, { version: number; canBeWithdrawn: boolean }> = {
  // Read, not agreed to: care and booking rest on other grounds (GDPR 6(1)(b), 9(2)(h)), so there is nothing to take back.
  privacy_notice: { version: 1, canBeWithdrawn: false },
  /** Messages that nobody asked for: "it is time for a check-up". */
  recalls: { version: 1, canBeWithdrawn: true },
};
