/** Puts `value` into a cache of at most `max` entries: the keys that were put in longest ago go first, so a flood of made-up ones can't grow it. */
export function remember<V>(cache: Map<string, V>, key: string, value: V, max: number): void {
  cache.delete(key);
  if (cache.size >= max) for (const old of [...cache.keys()].slice(0, Math.ceil(max / 10))) cache.delete(old);
  cache.set(key, value);
}
