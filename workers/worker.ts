import type { Db } from "@/db/client";
import { DUE_BATCH, deliverDue, takeDueForBroker } from "@/lib/notifications/deliver-due";
import { handleEvent, type IncomingEvent } from "@/lib/notifications/handle-event";
import type { Messenger } from "@/lib/notifications/messenger";
import { brokerLoop } from "./broker";
import { directLoop } from "./direct";
import { EVENT_DELAYS_MS } from "./event-outcome";
import { cleanUp } from "./housekeeping";
import { type Job, runJob } from "./schedule";
import { brokerNames } from "./topology";

export type WorkerOptions = {
  db: Db;
  messenger: Messenger;
  /** Without one, events are handled straight from the outbox. */
  amqpUrl?: string;
  /** Authorities (PEM) that vouch for the broker. */
  amqpCa?: string | undefined;
  concurrency: number;
  /** Further jobs beside sending and cleaning. */
  jobs?: Job[];
  /** Prefix of the names on the broker. */
  namespace?: string;
  pollMs?: number;
  delaysMs?: readonly number[];
  /** How long a worker that died keeps an event that it took from the outbox. */
  eventLeaseMs?: number;
  /** How often to look for messages whose time has come. */
  dueEveryMs?: number;
  handle?: (event: IncomingEvent) => Promise<void>;
};

/** A message that has been due for so long is not left to the broker any more. */
const BROKER_GRACE_MS = 60_000;

export type Worker = { stop(): Promise<void> };

/** Starts everything the worker does. `stop` takes nothing new, finishes what has begun, and resolves then. */
export function startWorker(options: WorkerOptions): Worker {
  const { db, messenger, amqpUrl, amqpCa, concurrency, delaysMs = EVENT_DELAYS_MS, pollMs = 300 } = options;
  const stopping = new AbortController();
  const handle = options.handle ?? ((event: IncomingEvent) => handleEvent(messenger, event));
  const common = { db, handle, concurrency, delaysMs, pollMs };
  const names = brokerNames(options.namespace ?? "slotwell");
  const dueEveryMs = options.dueEveryMs ?? 2_000;
  const takeDue = () => takeDueForBroker(messenger);
  const events = amqpUrl
    ? brokerLoop({ ...common, amqpUrl, amqpCa, names, takeDue, dueEveryMs }, stopping.signal)
    : directLoop({ ...common, leaseMs: options.eventLeaseMs ?? messenger.leaseMs }, stopping.signal);
  const jobs: Job[] = [
    {
      name: "send due messages",
      everyMs: dueEveryMs,
      // What a broker should hand around is sent without it where it does not.
      run: (isStopping) => deliverDue(messenger, isStopping, amqpUrl ? BROKER_GRACE_MS : 0),
      batch: DUE_BATCH,
    },
    { name: "clean up", everyMs: 600_000, run: () => cleanUp(db), batch: 5_000 },
    ...(options.jobs ?? []),
  ];
  const all = [events, ...jobs.map((job) => runJob(job, stopping.signal))];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(all);
      messenger.mail.close();
    },
  };
}
