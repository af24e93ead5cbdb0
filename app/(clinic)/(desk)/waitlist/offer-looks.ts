/** How offers can stand, in the order of the filter, and how each looks. */
export const OFFER_LOOKS = [
  { status: "open", look: "accent" },
  { status: "accepted", look: "success" },
  { status: "declined", look: "neutral" },
  { status: "expired", look: "warning" },
  { status: "withdrawn", look: "neutral" },
  { status: "taken", look: "neutral" },
] as const;
