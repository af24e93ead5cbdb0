type Leave = () => void;

/** As many messages on their way as a provider takes at once; whoever waits is served in turn. */
export class Places {
  #free: number;
  readonly #waiting = new Set<(leave: Leave) => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves with what gives the place back; with undefined where none has become free within `mostMs`. */
  take(mostMs: number): Promise<Leave | undefined> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(this.#leaving());
    }
    return new Promise((resolve) => {
      const take = (leave: Leave) => {
        clearTimeout(timer);
        resolve(leave);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(take);
        resolve(undefined);
      }, mostMs);
      this.#waiting.add(take);
    });
  }

  #leaving(): Leave {
    return () => {
      const [next] = this.#waiting;
      if (!next) {
        this.#free++;
        return;
      }
      this.#waiting.delete(next);
      next(this.#leaving());
    };
  }
}

const kept = new WeakMap<object, Places>();

/** A provider's places, shared by all that this process sends through it. */
export function placesOf(provider: { atOnce: number }): Places {
  const known = kept.get(provider) ?? new Places(provider.atOnce);
  kept.set(provider, known);
  return known;
}
