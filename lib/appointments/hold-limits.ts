import { MINUTE } from "@/lib/domain/interval";

/** How long a time is kept for somebody who is filling in a form. */
export const holdMs = 5 * MINUTE * 1_000;

/** Times that can be kept for one patient at once. */
export const MAX_LIVE_HOLDS = 10;
