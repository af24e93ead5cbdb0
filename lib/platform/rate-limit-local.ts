import { remember } from "./remember";

export type Verdict = { allowed: boolean; remaining: number; resetAt: number };

/** Up to so many a window each moment is kept, and the count is exact; above it two buckets do (weighted, as in Redis). */
const EXACT_UP_TO = 200;
const MAX_KEYS = 50_000;

type Log = { moments: number[] };
type Buckets = { bucket: number; current: number; previous: number };

/** A sliding window in this process alone: what remains when Redis is away, and all there is without one. */
export class LocalLimiter {
  private readonly logs = new Map<string, Log>();
  private readonly buckets = new Map<string, Buckets>();

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  take(key: string, at: number): Verdict {
    return this.limit <= EXACT_UP_TO ? this.takeExact(key, at) : this.takeWeighted(key, at);
  }

  /** Gives back what `take` took last. */
  refund(key: string): void {
    this.logs.get(key)?.moments.pop();
    const buckets = this.buckets.get(key);
    if (buckets && buckets.current > 0) buckets.current -= 1;
  }

  private takeExact(key: string, at: number): Verdict {
    const moments = (this.logs.get(key)?.moments ?? []).filter((moment) => moment > at - this.windowMs);
    const allowed = moments.length < this.limit;
    if (allowed) moments.push(at);
    remember(this.logs, key, { moments }, MAX_KEYS);
    return {
      allowed,
      remaining: this.limit - moments.length,
      resetAt: (moments[0] ?? at) + this.windowMs,
    };
  }

  private takeWeighted(key: string, at: number): Verdict {
    const bucket = Math.floor(at / this.windowMs);
    const before = this.buckets.get(key);
    const gone = before ? bucket - before.bucket : 2;
    const state: Buckets =
      before && gone === 0 ? before : { bucket, current: 0, previous: before && gone === 1 ? before.current : 0 };
    const weighted = Math.floor(state.previous * (1 - (at % this.windowMs) / this.windowMs));
    const allowed = weighted + state.current < this.limit;
    if (allowed) state.current += 1;
    remember(this.buckets, key, state, MAX_KEYS);
    return {
      allowed,
      remaining: Math.max(0, this.limit - weighted - state.current),
      resetAt: (bucket + 1) * this.windowMs,
    };
  }
}
