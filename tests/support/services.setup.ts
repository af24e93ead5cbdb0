import type { TestProject } from "vitest/node";
import { startRabbit } from "@/scripts/services/rabbitmq";
import { startRedis } from "@/scripts/services/redis";

/** Redis and RabbitMQ that all service tests of a run share; a test of their faults starts its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [redis, rabbit] = await Promise.all([startRedis(), startRabbit()]);
  project.provide("redisUrl", redis.url);
  project.provide("amqpUrl", rabbit.url);
  return async () => {
    await Promise.all([redis.dispose(), rabbit.dispose()]);
  };
}
