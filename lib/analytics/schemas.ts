import { z } from "zod";
import { dayNumber } from "@/lib/domain/calendar";

const MAX_DAYS = 400;

/** Dates at the visits' locations, both included. */
const span = {
  from: z.iso.date(),
  to: z.iso.date(),
  locationId: z.uuid().optional(),
  doctorId: z.uuid().optional(),
};

export const spanInput = z.strictObject(span).superRefine(({ from, to }, ctx) => {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) ctx.addIssue({ code: "custom", path: ["to"], message: "must not be before from" });
  if (days > MAX_DAYS) ctx.addIssue({ code: "custom", path: ["to"], message: `at most ${MAX_DAYS} days` });
});

export const dashboardInput = z.strictObject({ locationId: z.uuid().optional() });

export type SpanInput = z.output<typeof spanInput>;
export type DashboardInput = z.output<typeof dashboardInput>;
