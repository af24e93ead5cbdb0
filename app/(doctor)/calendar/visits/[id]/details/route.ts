import { answer } from "../../../../answer";
import { ownDoctor } from "../../../../own-doctor";
import { readDetails } from "../../read-details";

/** One visit for the panel beside the calendar. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    const doctor = await ownDoctor();
    return doctor.ok ? readDetails(doctor.value.ctx, (await params).id) : doctor;
  });
}
