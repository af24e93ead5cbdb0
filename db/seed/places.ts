import type { ServiceKey } from "./services";

export type RoomSeed = Readonly<{ name: string; serves?: readonly ServiceKey[] }>;

const TREATMENT: readonly ServiceKey[] = ["vaccination", "blood-test", "procedure", "child-check"];

/** What the clinic says of itself; the settings' names. */
export const CLINIC = {
  name: "Meridian Health",
  phone: "+442079460100",
  address: "14 Mill Lane, London SE1",
  email: "hello@meridian.example",
  country: "GB",
  videoBaseUrl: "https://video.meridian.example/room/",
} as const;

/** Four places in four zones, so that it is always opening time somewhere. `phone` is a prefix from numbers kept for fiction. */
export const PLACES = [
  {
    key: "london",
    name: "Riverside Health Centre",
    timeZone: "Europe/London",
    address: "14 Mill Lane, London SE1",
    phone: "+442079460101",
    rooms: [
      { name: "Room 1" },
      { name: "Room 2" },
      { name: "Treatment room", serves: TREATMENT },
      { name: "Gym", serves: ["physio"] },
    ],
  },
  {
    key: "newYork",
    name: "Hudson Street Clinic",
    timeZone: "America/New_York",
    address: "310 Hudson Street, New York, NY 10013",
    phone: "+12125550100",
    rooms: [{ name: "Exam A" }, { name: "Exam B" }, { name: "Procedure suite", serves: TREATMENT }],
  },
  {
    key: "kolkata",
    name: "Lake Gardens Clinic",
    timeZone: "Asia/Kolkata",
    address: "52 Lake Gardens, Kolkata 700045",
    phone: "+913300000100",
    rooms: [{ name: "Cabin 1" }, { name: "Cabin 2" }, { name: "Treatment", serves: TREATMENT }],
  },
  {
    key: "sydney",
    name: "Harbour View Practice",
    timeZone: "Australia/Sydney",
    address: "8 Windmill Street, Millers Point NSW 2000",
    phone: "+61255501000",
    rooms: [
      { name: "Consulting 1" },
      { name: "Consulting 2" },
      { name: "Treatment", serves: TREATMENT },
      { name: "Studio", serves: ["physio"] },
    ],
  },
] as const satisfies readonly Readonly<{
  key: string;
  name: string;
  timeZone: string;
  address: string;
  phone: string;
  rooms: readonly RoomSeed[];
}>[];

export type PlaceKey = (typeof PLACES)[number]["key"];
