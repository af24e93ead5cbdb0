import type { Call } from "@/lib/platform/api";
import * as accounts from "./accounts";
import * as appointments from "./appointments";
import * as clinic from "./clinic";
import * as doctors from "./doctors";
import * as notifications from "./notifications";
import * as patients from "./patients";
import * as privacy from "./privacy";
import * as recordAccess from "./record-access";
import * as records from "./records";
import * as slots from "./slots";
import * as waitlist from "./waitlist";

/** Every call of the API; a test holds it against the route files. */
export const calls: readonly Call[] = [
  accounts,
  clinic,
  doctors,
  patients,
  privacy,
  records,
  recordAccess,
  slots,
  appointments,
  waitlist,
  notifications,
].flatMap((group) => Object.values(group) as Call[]);
