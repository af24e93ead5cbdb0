/** Tables count their rows up to here and then say "more than": a million rows are counted by nobody, and slowly. */
export const MOST_COUNTED = 1_000;
