import { z } from "zod";
import { calendarFeed } from "@/lib/doctors/calendar-feed";
import { refuse } from "@/lib/domain/result";
import { timeZoneField } from "@/lib/platform/fields";
import { answer } from "../../answer";
import { ownDoctor } from "../../own-doctor";

const MAX_DAYS = 40;
const instant = z.iso.datetime().transform((text) => new Date(text));
const asked = z
  .strictObject({ from: instant, to: instant, timeZone: timeZoneField })
  .refine(({ from, to }) => from < to && to.getTime() - from.getTime() <= MAX_DAYS * 86_400_000);

/** The doctor's own visits, hours and leave between two instants, for the calendar that is open in a browser. */
export async function GET(request: Request): Promise<Response> {
  return answer(async () => {
    const doctor = await ownDoctor();
    if (!doctor.ok) return doctor;
    const input = asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!input.success) return refuse("validation_failed");
    return calendarFeed(doctor.value.ctx, { doctorId: doctor.value.doctorId, ...input.data });
  });
}
