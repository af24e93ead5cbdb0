import amqp from "amqplib";
import { Redis } from "ioredis";
import { expect, inject, it } from "vitest";
import { startOwnRabbit } from "./rabbitmq";
import { startOwnRedis } from "./redis";

const nothingWithin = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms, "nothing"));

it("lends the run a Redis and a RabbitMQ", async () => {
  const redis = new Redis(inject("redisUrl"));
  expect(await redis.ping()).toBe("PONG");
  await redis.quit();
  const connection = await amqp.connect(inject("amqpUrl"));
  await connection.close();
});

it("starts a Redis of one's own that can be frozen, stopped and started again on its port", async () => {
  const service = await startOwnRedis();
  const redis = new Redis(service.url);
  redis.on("error", () => undefined);
  await redis.ping();
  await service.freeze();
  expect(await Promise.race([redis.ping(), nothingWithin(200)])).toBe("nothing");
  await service.thaw();
  expect(await redis.ping()).toBe("PONG");
  await service.stop();
  await service.start();
  expect(await redis.ping()).toBe("PONG");
  redis.disconnect();
  await service.dispose();
});

it("starts a RabbitMQ of one's own that keeps durable messages over a restart", async () => {
  const service = await startOwnRabbit();
  const before = await amqp.connect(service.url);
  const channel = await before.createConfirmChannel();
  await channel.assertQueue("kept", { durable: true, arguments: { "x-queue-type": "quorum" } });
  channel.sendToQueue("kept", Buffer.from("still here"), { persistent: true });
  await channel.waitForConfirms();
  await before.close();

  await service.stop();
  await service.start();
  const after = await amqp.connect(service.url);
  const reader = await after.createChannel();
  await expect
    .poll(async () => (await reader.get("kept", { noAck: true })) || undefined, { timeout: 15_000 })
    .toBeTruthy();
  await after.close();
  await service.dispose();
}, 120_000);
