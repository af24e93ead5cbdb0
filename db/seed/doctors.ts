import type { PlaceKey } from "./places";
import type { ServiceKey } from "./services";

/** "1-5 09:00-12:30 13:30-17:00": ISO weekdays, then the sittings of each of them. */
type Hours = Readonly<{ at: PlaceKey; week: string; only?: readonly ServiceKey[] }>;

export type DoctorSeed = Readonly<{
  name: string;
  email: string;
  specialty: string;
  services: readonly ServiceKey[];
  hours: readonly Hours[];
  /** Days from today, and for how many. */
  leave?: readonly [from: number, days: number, reason: string];
  /** One extra sitting, so many days from today, by the clock on the wall. */
  extra?: readonly [day: number, start: string, end: string];
}>;

const GENERAL: readonly ServiceKey[] = ["consultation", "new-patient", "follow-up", "video", "phone"];

/** The doctor who can sign in to the demo; every weekday, and today whatever day it is. */
export const DEMO_DOCTOR_EMAIL = "doctor@demo.test";

export const DOCTORS: readonly DoctorSeed[] = [
  {
    name: "Dr Amara Okafor",
    email: DEMO_DOCTOR_EMAIL,
    specialty: "General practice",
    services: [...GENERAL, "vaccination"],
    hours: [{ at: "london", week: "1-5 08:30-12:30 13:30-17:30" }],
    leave: [24, 5, "Annual leave"],
  },
  {
    name: "Dr Gareth Pryce",
    email: "gareth.pryce@demo.test",
    specialty: "Dermatology",
    services: ["consultation", "follow-up", "video", "procedure"],
    hours: [
      { at: "london", week: "1-2 09:00-13:00 14:00-17:00" },
      { at: "london", week: "4-4 10:00-14:00 15:00-19:00" },
      { at: "london", week: "5-5 13:00-17:00", only: ["video"] },
    ],
  },
  {
    name: "Helena Marsh",
    email: "helena.marsh@demo.test",
    specialty: "Physiotherapy",
    services: ["physio", "video"],
    hours: [
      { at: "london", week: "1-4 08:00-12:00 13:00-16:30" },
      { at: "london", week: "6-6 09:00-13:00" },
    ],
    leave: [-12, 3, "Training"],
  },
  {
    name: "Dr Miriam Halpern",
    email: "miriam.halpern@demo.test",
    specialty: "General practice",
    services: [...GENERAL, "blood-test"],
    hours: [{ at: "newYork", week: "1-5 08:00-12:00 13:00-17:00" }],
    leave: [10, 4, "Conference"],
  },
  {
    name: "Dr Luis Ocampo",
    email: "luis.ocampo@demo.test",
    specialty: "Paediatrics",
    services: ["child-check", "vaccination", "consultation", "follow-up"],
    hours: [
      { at: "newYork", week: "1-3 09:00-13:00 14:00-18:00" },
      { at: "newYork", week: "5-6 09:00-14:00" },
    ],
  },
  {
    name: "Dr Denise Whitfield",
    email: "denise.whitfield@demo.test",
    specialty: "Cardiology",
    services: ["consultation", "follow-up", "video", "phone"],
    // Mornings at the clinic, evenings by video for patients of the London practice: two places in one day.
    hours: [
      { at: "newYork", week: "1-2 07:30-11:30" },
      { at: "newYork", week: "4-4 07:30-11:30 12:30-15:30" },
      { at: "london", week: "1-2 18:30-20:30", only: ["video", "phone"] },
    ],
    extra: [3, "09:00", "12:00"],
  },
  {
    name: "Dr Arijit Lahiri",
    email: "arijit.lahiri@demo.test",
    specialty: "General practice",
    services: [...GENERAL, "blood-test", "vaccination"],
    hours: [{ at: "kolkata", week: "1-6 09:30-13:00 17:00-20:00" }],
  },
  {
    name: "Dr Sabina Yasmin",
    email: "sabina.yasmin@demo.test",
    specialty: "Gynaecology",
    services: ["consultation", "new-patient", "follow-up", "procedure", "video"],
    hours: [
      { at: "kolkata", week: "1-4 10:00-14:00" },
      { at: "kolkata", week: "6-6 10:00-13:00" },
    ],
    leave: [-30, 6, "Family leave"],
  },
  {
    name: "Dr Rohan Mistry",
    email: "rohan.mistry@demo.test",
    specialty: "Paediatrics",
    services: ["child-check", "vaccination", "consultation", "follow-up"],
    hours: [{ at: "kolkata", week: "2-5 09:00-12:30 15:30-18:30" }],
  },
  {
    name: "Dr Catherine Lau",
    email: "catherine.lau@demo.test",
    specialty: "General practice",
    services: [...GENERAL, "vaccination", "blood-test"],
    hours: [{ at: "sydney", week: "1-5 08:00-12:00 13:00-16:30" }],
  },
  {
    name: "Dr Tomasi Vea",
    email: "tomasi.vea@demo.test",
    specialty: "Minor surgery",
    services: ["procedure", "consultation", "follow-up"],
    hours: [{ at: "sydney", week: "1-3 09:00-12:30 13:30-17:00" }],
    extra: [5, "09:00", "13:00"],
  },
  {
    name: "Stella Andreou",
    email: "stella.andreou@demo.test",
    specialty: "Physiotherapy",
    services: ["physio"],
    hours: [
      { at: "sydney", week: "2-5 10:00-14:00 15:00-19:00" },
      { at: "sydney", week: "6-6 08:30-12:30" },
    ],
    leave: [17, 7, "Annual leave"],
  },
];

export type Sitting = Readonly<{ weekday: number; start: string; end: string }>;

/** "1-2 09:00-12:00 13:00-17:00" as one sitting per weekday and stretch. */
export function sittingsOf(week: string): Sitting[] {
  const [days = "", ...stretches] = week.split(" ");
  const [first = 1, last = first] = days.split("-").map(Number);
  const weekdays = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return weekdays.flatMap((weekday) =>
    stretches.map((stretch) => {
      const [start = "", end = ""] = stretch.split("-");
      return { weekday, start, end };
    }),
  );
}
