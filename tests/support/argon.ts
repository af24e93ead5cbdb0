import type * as Argon from "@node-rs/argon2";

/** How often a password was evaluated, which is what guessing costs. For `vi.mock("@node-rs/argon2", async (original) => counting(await original()))`. */
export const argon = { verifications: 0 };

export const counting = (real: typeof Argon): typeof Argon => ({
  ...real,
  verify: (...args) => {
    argon.verifications += 1;
    return real.verify(...args);
  },
});
