import type { z } from "zod";
import type { importMapInput } from "@/lib/import/map";

// For tests: a file of our own making that is dirty in the ways in which real ones are.

export const MAP = {
  source: "made-up",
  timeZone: "America/Sao_Paulo",
  columns: {
    externalId: "id",
    patientId: "patient",
    requestedAt: "asked",
    day: "day",
    location: "clinic",
    sex: "gender",
    outcome: "outcome",
  },
  values: { sex: { F: "female", M: "male" }, outcome: { kept: "fulfilled", missed: "no_show" } },
  service: { name: "Clinic visit", durationMinutes: 15 },
  placement: "first-free",
  createMissing: {
    doctorsPerLocation: 2,
    hours: [{ weekdays: [1, 2, 3, 4, 5], start: "08:00", end: "17:00" }],
  },
} satisfies z.input<typeof importMapInput>;

const CLINICS = ["SÍTIO, DO MEIO", "ITAÚNA", "Vila Nova"];

/** `visits` good rows around a clock change, out of order, and six that are not good; one place has more than it can see. */
export function generatedCsv(visits: number): { csv: string; rows: number } {
  const good = Array.from({ length: visits }, (_, nth) => {
    const day = nth % 3 === 0 ? "2016-10-17" : "2016-10-14";
    // Every other visit is asked for at the first place, which makes more than its two doctors' 72 times a day.
    const clinic = CLINICS[nth % 2 === 0 ? 0 : 1 + (nth % 4 === 1 ? 0 : 1)] ?? "";
    const asked = `2016-10-${String(1 + ((nth * 7) % 13)).padStart(2, "0")} ${String(7 + (nth % 11)).padStart(2, "0")}:${String((nth * 13) % 60).padStart(2, "0")}:00`;
    const patient = nth % 9 === 0 ? 77 : 1_000 + (nth % 150);
    return [9_001 + nth, patient, asked, day, nth % 2 ? "F" : "M", quoted(clinic), nth % 5 ? "kept" : "missed"].join(
      ",",
    );
  });
  const bad = [
    "8001,5,2016-10-15 10:00:00,2016-10-14,F,Vila Nova,kept",
    "8002,6,2016-10-10 10:00:00,2016-10-32,F,Vila Nova,kept",
    "8003,7,2016-02-30 10:00:00,2016-10-14,F,Vila Nova,kept",
    "8004,8,2016-10-10 10:00:00,2016-10-14,F,Vila Nova,perhaps",
    "9002,9,2016-10-16 23:00:00,2016-10-17,F,Vila Nova,kept",
    "8005,10,2016-10-14 09:07:00,2016-10-14,M,Vila Nova,kept",
  ];
  return {
    csv: ["id,patient,asked,day,gender,clinic,outcome", ...good, ...bad, ""].join("\n"),
    rows: visits + bad.length,
  };
}

const quoted = (text: string) => (text.includes(",") ? `"${text}"` : text);
