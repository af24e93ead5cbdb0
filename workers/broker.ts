import { setTimeout as sleep } from "node:timers/promises";
import amqp, { type ChannelModel } from "amqplib";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { log } from "@/lib/platform/logger";
import { type ConsumerOptions, consume } from "./consumer";
import { collectDead } from "./dead";
import { type DueOptions, dueLoop } from "./due";
import { OUTAGE_DELAY_MS } from "./event-outcome";
import { pause, reconnectMs } from "./pace";
import { type RelayOptions, relayLoop } from "./relay";
import { declareTopology } from "./topology";

export type BrokerOptions = { amqpUrl: string; amqpCa?: string | undefined } & RelayOptions &
  ConsumerOptions &
  DueOptions;

const HEARTBEAT_SECONDS = 10;

/** Relay and consumer on one connection, made anew whenever it is lost, until the signal goes off. Never throws. */
export async function brokerLoop(options: BrokerOptions, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const since = performance.now();
    try {
      await brokerSession(options, signal);
    } catch (error) {
      log.error("broker connection lost", error, { attempts: failures + 1 });
    }
    // A session that held for a while starts the count over.
    if (performance.now() - since > 30_000) failures = 0;
    if (!signal.aborted) await pause(reconnectMs(failures), signal);
  }
}

/** One connection's life. Old channels are never used again: after a reconnect they are dead. */
async function brokerSession(options: BrokerOptions, signal: AbortSignal): Promise<void> {
  const url = new URL(options.amqpUrl);
  if (!url.searchParams.has("heartbeat")) url.searchParams.set("heartbeat", String(HEARTBEAT_SECONDS));
  const clientProperties = { connection_name: "slotwell-worker" };
  const connection = await amqp.connect(url.href, {
    timeout: 5_000,
    clientProperties,
    ...(options.amqpCa ? { ca: options.amqpCa } : {}),
  });
  const session = new AbortController();
  const lost = new Promise<never>((_, reject) => {
    connection.on("error", reject);
    connection.on("close", (error) => reject(error ?? new Error("connection closed")));
  });
  try {
    await Promise.race([carry(connection, options, signal, session.signal), lost]);
  } finally {
    session.abort();
    await closeQuietly(connection);
  }
}

async function carry(connection: ChannelModel, options: BrokerOptions, stopping: AbortSignal, ended: AbortSignal) {
  await declareTopology(connection, options.names, [...options.delaysMs, OUTAGE_DELAY_MS]);
  const publisher = await connection.createConfirmChannel();
  publisher.on("error", () => undefined);
  const [consumer, dead] = await Promise.all([consume(connection, options), collectDead(connection, options)]);
  log.info("broker connected");
  const until = AbortSignal.any([stopping, ended]);
  const carriers = [
    throughOutages("relay", () => relayLoop(publisher, options, until), until),
    throughOutages("due messages", () => dueLoop(publisher, options, until), until),
  ];
  await Promise.race([...carriers, consumer.ended]);
  if (!stopping.aborted) throw new Error("a channel ended");
  await Promise.all([...carriers, consumer.stop(), dead.stop()]);
}

/** The database may be gone while the broker is there: they wait for it and keep the connection. */
async function throughOutages(job: string, run: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await run();
    } catch (error) {
      if (databaseRefusal(error)?.code !== "unavailable") throw error;
      log.warn("waits for the database", { job, attempts: failures + 1 });
      await pause(Math.min(reconnectMs(failures), 2_000), signal);
    }
  }
}

/** A broker that hangs does not answer a goodbye; its heartbeat ends the socket later. */
async function closeQuietly(connection: ChannelModel): Promise<void> {
  await Promise.race([connection.close().catch(() => undefined), sleep(2_000)]);
}
