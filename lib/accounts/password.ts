import { hash, verify } from "@node-rs/argon2";

/** argon2id, as OWASP's password storage sheet asks at the least; 2 is the library's number for "id". */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Nobody's: verified for accounts that do not exist, so that they take as long as those that do. */
const DUMMY = "$argon2id$v=19$m=19456,t=2,p=1$c2xvdHdlbGwtbm9ib2R5MQ$S0lZ9hQ2cJ1bZpQ1mN8sQ0tYw6b3r5uXoV7eK4fHd2g";

/** The same password typed on another keyboard is the same password (NIST SP 800-63B, 3.1.1.2). */
const normalised = (password: string) => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => hash(normalised(password), PARAMETERS);

/** True where `password` is that of `stored`. Costs the same with `null`, for an account that is not there or has none. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? DUMMY, normalised(password));
  return stored !== null && matches;
}
