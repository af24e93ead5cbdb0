import { db } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { checkHealth } from "@/lib/platform/health";

/** 503 only where a required part fails: without its queue or cache the clinic goes on booking, and this says so. */
export async function GET(): Promise<Response> {
  const { AMQP_URL, REDIS_URL } = env();
  const health = await checkHealth({ db: db(), amqpUrl: AMQP_URL, redisUrl: REDIS_URL });
  return Response.json(health, {
    status: health.status === "failing" ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}
