import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Refused } from "@/lib/domain/result";

const reasonsOf = ({ data }: Refused): string[] =>
  Array.isArray(data?.reasons) ? data.reasons.filter((reason): reason is string => typeof reason === "string") : [];

/** A refusal in the reader's words: all its reasons, else its code. */
export function useRefusalWords(): (refused: Refused) => string {
  const t = useTranslations("calendar.refusals");
  return useCallback(
    (refused) => {
      const known = (keys: string[]) => keys.filter((key) => t.has(key as never));
      const reasons = known(reasonsOf(refused));
      const keys = reasons.length > 0 ? reasons : known([refused.code]);
      return (keys.length > 0 ? keys : ["other"]).map((key) => t(key as never)).join(" ");
    },
    [t],
  );
}

/** Reasons of a refusal that a staff member's own reason can outweigh. */
const OUTWEIGHED = ["outside_hours", "on_leave", "not_aligned", "too_soon", "too_far"];
export const canOverride = (refused: Refused): boolean => {
  const reasons = reasonsOf(refused);
  return refused.code === "slot_unavailable" && reasons.length > 0 && reasons.every((one) => OUTWEIGHED.includes(one));
};
