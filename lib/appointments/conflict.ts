import type { Refused } from "@/lib/domain/result";
import { violatedConstraint } from "@/lib/platform/database-faults";
import { notFound } from "./judge-booking";
import { patientBusy, slotUnavailable } from "./refusals";
import { Overtaken } from "./with-retries";

/**
 * What a constraint said to a write, as a refusal; a bug is thrown on. A room that was taken meanwhile throws `Overtaken`: the next
 * attempt sees it taken and chooses another.
 */
export function refusalOfConflict(error: unknown): Refused<"slot_unavailable" | "patient_busy" | "not_found"> {
  switch (violatedConstraint(error)) {
    case "appointments_doctor_free":
      return slotUnavailable(["doctor_busy"]);
    case "appointments_patient_free":
      return patientBusy();
    case "appointments_room_free":
      throw new Overtaken("the room has just been taken");
    case "appointments_patient_not_erased":
      return notFound("patientId");
    default:
      throw error;
  }
}
