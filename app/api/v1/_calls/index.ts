import type { Call } from "@/lib/platform/api";
import * as appointments from "./appointments";
import * as clinic from "./clinic";
import * as doctors from "./doctors";

/** Every call of the API; a test holds it against the route files. */
export const calls: readonly Call[] = [clinic, doctors, appointments].flatMap(
  (group) => Object.values(group) as Call[],
);
