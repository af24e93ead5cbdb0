import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "ioredis";
import { log } from "./logger";
import type { Verdict } from "./rate-limit-local";

/** How long Redis is left alone after it failed, so that a frozen one delays a request now and then, not each. */
const REST_MS = 2_000;
const COMMAND_TIMEOUT_MS = 150;

/** Upstash's limiter over ioredis: it needs `evalsha` and `eval`, and nothing else of its own client. */
function overIoredis(redis: Redis) {
  const run = (command: "evalsha" | "eval") => (script: string, keys: string[], args: unknown[]) =>
    redis[command](script, keys.length, ...keys, ...args.map(String));
  return { evalsha: run("evalsha"), eval: run("eval") };
}

export class RedisLimits {
  private readonly redis: Redis;
  private readonly limiters = new Map<string, Ratelimit>();
  private restUntil = 0;

  constructor(url: string, ca?: string) {
    this.redis = new Redis(url, {
      ...(ca ? { tls: { ca } } : {}),
      connectionName: "slotwell-limits",
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      connectTimeout: 1_000,
      // A frozen server keeps the socket open; a new one tells when it is back.
      retryStrategy: (attempt) => Math.min(2_000, 100 * 2 ** attempt),
      lazyConnect: false,
    });
    // Told where it is used; an unheard "error" event would end the process.
    this.redis.on("error", () => undefined);
  }

  /** null where Redis could not be asked: the caller then judges by itself. */
  async take(name: string, limit: number, windowMs: number, key: string, rate: 1 | -1 = 1): Promise<Verdict | null> {
    const began = performance.now();
    if (began < this.restUntil || this.redis.status !== "ready") return null;
    try {
      const answer = await this.limiter(name, limit, windowMs).limit(key, { rate });
      return { allowed: answer.success, remaining: answer.remaining, resetAt: answer.reset };
    } catch (error) {
      if (this.restUntil < began)
        log.warn("Redis does not answer: limits are counted in this process", { component: "rate-limit" });
      this.restUntil = performance.now() + REST_MS;
      log.debug("rate limit fell back", { errorClass: error instanceof Error ? error.name : typeof error });
      return null;
    }
  }

  private limiter(name: string, limit: number, windowMs: number): Ratelimit {
    const known = this.limiters.get(name);
    if (known) return known;
    const made = new Ratelimit({
      redis: overIoredis(this.redis) as never,
      limiter: Ratelimit.slidingWindow(limit, `${windowMs} ms`),
      prefix: `slotwell:limit:${name}`,
      // Its own default lets everything pass after five seconds; ours is the command's timeout.
      timeout: 0,
      ephemeralCache: false,
      analytics: false,
    });
    this.limiters.set(name, made);
    return made;
  }

  close(): void {
    this.redis.disconnect();
  }
}
