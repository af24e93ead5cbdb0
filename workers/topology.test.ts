import type { ChannelModel } from "amqplib";
import { expect, it } from "vitest";
import { brokerNames, declareTopology } from "./topology";

type Declared = { durable: boolean; exclusive?: boolean; autoDelete?: boolean; arguments: Record<string, unknown> };

/** What is asked of a broker that has nothing yet and takes everything. */
async function declared(): Promise<Map<string, Declared>> {
  const queues = new Map<string, Declared>();
  const channel = {
    on: () => channel,
    close: async () => undefined,
    assertQueue: async (name: string, options: Declared) => queues.set(name, options),
    assertExchange: async () => undefined,
    bindQueue: async () => undefined,
  };
  const connection = { createConfirmChannel: async () => channel } as unknown as ChannelModel;
  await declareTopology(connection, brokerNames("clinic"), [1_000, 5_000]);
  return queues;
}

it("asks only for what RabbitMQ from 3.10 to 4 takes and means alike", async () => {
  const queues = await declared();
  expect([...queues.keys()].sort()).toEqual([
    "clinic.dead",
    "clinic.notifications",
    "clinic.notifications.retry.1000",
    "clinic.notifications.retry.5000",
  ]);
  for (const { durable, exclusive, autoDelete, arguments: args } of queues.values()) {
    // 4.3 refuses transient queues that are not exclusive, and no version mirrors classic ones any more.
    expect({ durable, exclusive, autoDelete }).toEqual({ durable: true, exclusive: undefined, autoDelete: undefined });
    expect(args["x-queue-type"]).toBe("quorum");
    // At-least-once dead-lettering needs both, on every version.
    if (args["x-dead-letter-exchange"] !== undefined)
      expect(args).toMatchObject({ "x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish" });
  }
});

it("gives each queue that is consumed a limit of its own, as 4 has 20 by default and drops what is over it", async () => {
  const queues = await declared();
  const limit = (name: string) => Number(queues.get(name)?.arguments["x-delivery-limit"]);
  expect(limit("clinic.notifications")).toBeGreaterThanOrEqual(50);
  expect(limit("clinic.dead")).toBeGreaterThanOrEqual(1_000_000);
});
