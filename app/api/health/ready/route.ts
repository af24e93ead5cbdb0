import { db } from "@/lib/platform/db";
import { route } from "@/lib/platform/endpoint";
import { env } from "@/lib/platform/env";
import { checkHealth } from "@/lib/platform/health";

/** 503 only where a required part fails: without its queue or cache the clinic goes on booking, and this says so. */
async function ready(): Promise<Response> {
  const { AMQP_URL, REDIS_URL } = env();
  const health = await checkHealth({ db: db(), amqpUrl: AMQP_URL, redisUrl: REDIS_URL });
  return Response.json(health, {
    status: health.status === "failing" ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: ready });
