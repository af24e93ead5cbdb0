import amqp from "amqplib";
import type postgres from "postgres";
import { uuidv7 } from "uuidv7";

export type BareQueue = { send: (count: number) => Promise<number>; close: () => Promise<void> };

const QUEUE = "bench.bare";

/**
 * The least that a queue of messages costs: published with confirms to a quorum queue, consumed `prefetch` at a time, one row updated for
 * each, acknowledged. `send` gives how many a second.
 */
export async function bareQueue(amqpUrl: string, pg: postgres.Sql, prefetch: number): Promise<BareQueue> {
  await pg`create table bench_bare (id uuid primary key, sent_at timestamptz)`;
  const connection = await amqp.connect(amqpUrl);
  const [publisher, consumer] = await Promise.all([connection.createConfirmChannel(), connection.createChannel()]);
  await publisher.assertQueue(QUEUE, { durable: true, arguments: { "x-queue-type": "quorum" } });
  await consumer.prefetch(prefetch);
  let onDone: () => void = () => undefined;
  const receive = async (message: amqp.ConsumeMessage) => {
    await pg`update bench_bare set sent_at = now() where id = ${message.content.toString()}`;
    consumer.ack(message);
    onDone();
  };
  await consumer.consume(QUEUE, (message) => message && void receive(message));
  return {
    send: async (count) => {
      const ids = Array.from({ length: count }, () => uuidv7());
      await pg`insert into bench_bare (id) select unnest(${ids}::uuid[])`;
      const done = paced(count);
      onDone = done.tick;
      for (const id of ids)
        publisher.publish("", QUEUE, Buffer.from(id), { persistent: true, mandatory: true }, () => undefined);
      await publisher.waitForConfirms();
      return done.rate;
    },
    close: () => connection.close(),
  };
}

/** How many a second, from the first `tick` to the last of `count`. */
export function paced(count: number): { tick: () => void; rate: Promise<number> } {
  let [ticks, first] = [0, 0];
  let resolve: (rate: number) => void = () => undefined;
  const rate = new Promise<number>((done) => {
    resolve = done;
  });
  const tick = () => {
    if (ticks++ === 0) first = performance.now();
    if (ticks === count) resolve(((count - 1) * 1_000) / (performance.now() - first));
  };
  return { tick, rate };
}
