export type Random = {
  /** In [0, 1). */
  next: () => number;
  /** Whole number, both ends included. */
  int: (from: number, to: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(items: readonly T[]) => T;
  /** A UUIDv7 whose time is `at`. */
  uuid: (at: Date) => string;
  /** What a visit is called over the telephone, such as `K7MA-3DX9`. */
  reference: () => string;
};

/** The signs of `newReference`, which draws from real chance and so can't be used here. */
const SIGNS = "34679ACDEFGHJKMNPRTX".split("");

/** xorshift32 (Marsaglia, 2003): the same seed gives the same clinic. */
export function randomFrom(seed: number): Random {
  let state = seed | 0 || 1;
  const word = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const next = () => word() / 2 ** 32;
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error("nothing to pick from");
    return items[int(0, items.length - 1)] as T;
  };
  const hex = (digits: number) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join("");
  const uuid = (at: Date) => {
    const time = at.getTime().toString(16).padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${pick(["8", "9", "a", "b"])}${hex(3)}-${hex(12)}`;
  };
  const signs = (length: number) => Array.from({ length }, () => pick(SIGNS)).join("");
  const reference = () => `${signs(4)}-${signs(4)}`;
  return { next, int, chance: (probability) => next() < probability, pick, uuid, reference };
}
