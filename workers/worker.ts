import type { Db } from "@/db/client";
import { deliverDue } from "@/lib/notifications/deliver-due";
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

export type Worker = { stop(): Promise<void> };

/** Starts everything the worker does. `stop` takes nothing new, finishes what has begun, and resolves then. */
export function startWorker(options: WorkerOptions): Worker {
  const { db, messenger, amqpUrl, amqpCa, concurrency, delaysMs = EVENT_DELAYS_MS, pollMs = 300 } = options;
  const stopping = new AbortController();
  const handle = options.handle ?? ((event: IncomingEvent) => handleEvent(messenger, event));
  const common = { db, handle, concurrency, delaysMs, pollMs };
  const names = brokerNames(options.namespace ?? "slotwell");
  const events = amqpUrl
    ? brokerLoop({ ...common, amqpUrl, amqpCa, names }, stopping.signal)
    : directLoop({ ...common, leaseMs: options.eventLeaseMs ?? messenger.leaseMs }, stopping.signal);
  const jobs: Job[] = [
    {
      name: "send due messages",
      everyMs: options.dueEveryMs ?? 2_000,
      run: (isStopping) => deliverDue(messenger, isStopping),
      batch: 50,
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
