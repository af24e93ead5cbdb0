import type { Db } from "@/db/client";
import { type RunOptions, runOf } from "@/lib/protection/run";
import { isSealedByOldKey, openTotpSecret, sealTotpSecret } from "./seal-totp";

const ROWS_AT_ONCE = 200;

/** Seals every authenticator's secret under the newest key of ENCRYPTION_KEYS. True once all is done; false where it was stopped. */
export async function resealTotpSecrets(db: Db, options: RunOptions = {}): Promise<boolean> {
  const { as, progress, isStopped } = runOf(db, "rotate-keys", options);
  let after = "00000000-0000-0000-0000-000000000000";
  for (let done = 0; ; ) {
    if (isStopped()) return false;
    const rows = await as(async ({ pg }) => {
      const found = await pg<{ userId: string; secret: string }[]>`
        select user_id as "userId", secret from totp_secrets where user_id > ${after} order by user_id limit ${ROWS_AT_ONCE} for update`;
      const old = found.filter(({ secret }) => isSealedByOldKey(secret));
      for (const { userId, secret } of old) {
        const fresh = await sealTotpSecret(db, userId, await openTotpSecret(db, userId, secret));
        await pg`update totp_secrets set secret = ${fresh} where user_id = ${userId}`;
      }
      done += old.length;
      return found;
    });
    const last = rows.at(-1);
    if (!last) return true;
    after = last.userId;
    progress("authenticators' secrets sealed anew", done);
  }
}
