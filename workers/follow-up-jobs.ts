import { askNextVisits, askRecalls, BATCH } from "@/lib/notifications/ask-patients";
import type { Messenger } from "@/lib/notifications/messenger";
import { systemContext } from "@/lib/platform/context";
import { lookForRecalls } from "@/lib/recalls/look-for-recalls";
import type { Job } from "./schedule";

const MINUTE_MS = 60_000;

/** Those who should come again are asked to; several workers at once ask nobody twice. */
export const followUpJobs = (messenger: Pick<Messenger, "db" | "clock">): Job[] => [
  { name: "ask for next visits", everyMs: MINUTE_MS, run: () => askNextVisits(messenger), batch: BATCH },
  {
    name: "look for recalls",
    everyMs: MINUTE_MS,
    run: () => lookForRecalls(systemContext(messenger.db, "recalls", messenger.clock())),
    // A batch of patients each time, until everybody has been looked at for each list.
    batch: 1,
  },
  // No batch: a minute's share is all that is asked in a minute.
  { name: "ask on recall lists", everyMs: MINUTE_MS, run: () => askRecalls(messenger) },
];
