import { assertPosted } from "@/lib/audit/post-anchors";
import { anchoringFromEnv } from "@/lib/audit/sealing-from-env";
import { db } from "@/lib/platform/db";
import { route } from "@/lib/platform/endpoint";
import { env } from "@/lib/platform/env";
import { checkHealth } from "@/lib/platform/health";
import { authorityIn } from "@/lib/platform/tls";

/** 503 only where a required part fails: without its queue or cache the clinic goes on booking, and this says so. */
async function ready(): Promise<Response> {
  const { AMQP_URL, AMQP_CA_FILE, REDIS_URL, REDIS_CA_FILE } = env();
  const { folder, sink } = anchoringFromEnv();
  const queue = { amqpUrl: AMQP_URL, amqpCa: authorityIn(AMQP_CA_FILE) };
  const cache = { redisUrl: REDIS_URL, redisCa: authorityIn(REDIS_CA_FILE) };
  const health = await checkHealth({
    db: db(),
    ...queue,
    ...cache,
    sink: sink ? () => assertPosted(folder) : undefined,
  });
  return Response.json(health, {
    status: health.status === "failing" ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: ready });
