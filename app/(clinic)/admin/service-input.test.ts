import { expect, it } from "vitest";
import { spanOf } from "@/lib/format/span";
import { serviceForm, serviceInputOf } from "./service-input";

const sent = {
  name: "Check-up",
  modality: "in_person",
  durationMinutes: "30",
  minNotice: { value: "2", unit: "days" },
  horizonDays: "60",
  cancelCutoff: { value: "12", unit: "hours" },
  rescheduleCutoff: { value: "0", unit: "minutes" },
  reminderMinutes: ["4320", "120"],
  active: "on",
};

it("reads spans by their unit, boxes by being there, and what is left empty as none", () => {
  expect(serviceInputOf(serviceForm.parse(sent))).toMatchObject({
    ok: true,
    value: {
      durationMinutes: 30,
      minNoticeMinutes: 2_880,
      cancelCutoffMinutes: 720,
      rescheduleCutoffMinutes: 0,
      maxReschedules: null,
      reminderMinutes: [4_320, 120],
      followUpMinutes: null,
      selfBookable: false,
      active: true,
    },
  });
  expect([0, 45, 720, 2_880].map(spanOf)).toEqual([
    { value: 0, unit: "minutes" },
    { value: 45, unit: "minutes" },
    { value: 12, unit: "hours" },
    { value: 2, unit: "days" },
  ]);
});

it("names the form's own field where a rule of the clinic is broken", () => {
  const long = serviceForm.parse({ ...sent, minNotice: { value: "900", unit: "days" } });
  expect(serviceInputOf(long)).toMatchObject({ ok: false, errors: [{ path: "minNotice.value" }] });
});
