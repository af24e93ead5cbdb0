import type { Role } from "@/lib/domain/actor";
import { env } from "./env";

/** Whether accounts of this role must have a second factor: staff, unless the environment says otherwise; never in the demo. */
export function needsSecondFactor(role: Role): boolean {
  if (role === "patient") return false;
  const { STAFF_SECOND_FACTOR, SLOTWELL_MODE } = env();
  const isRequired = STAFF_SECOND_FACTOR ?? (SLOTWELL_MODE === "production" ? "required" : "optional");
  return isRequired === "required";
}
