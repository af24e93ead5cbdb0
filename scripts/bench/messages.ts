import type { Bench } from "./bench";
import { dueScan } from "./due-scan";
import { reminderRate } from "./reminder-rate";

export const run: Bench = async (env) => [...(await dueScan(env)), ...(await reminderRate(env))];
