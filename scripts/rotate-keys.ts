import { parseArgs } from "node:util";
import { resealTotpSecrets } from "@/lib/accounts/reseal-totp";
import { sealStrangers } from "@/lib/notifications/inbound-content";
import { openDatabase } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { rotateKeys } from "@/lib/protection/rotate-keys";

// npm run rotate-keys [-- --wrap-only]: new keys for everything that is sealed, while the clinic works. Ctrl-C stops it; run again, it goes on.

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { "wrap-only": { type: "boolean", default: false } } });
  if (!env().ENCRYPTION_KEYS) throw new Error("ENCRYPTION_KEYS is needed and not set.");
  const db = openDatabase(env(), "operator", { max: 2, name: "slotwell-rotate-keys", statementTimeoutMs: 60_000 });
  let isStopped = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (isStopped = true));
  try {
    const options = {
      progress: (what: string, done: number) => console.log(`${what}: ${done}`),
      isStopped: () => isStopped,
    };
    if (!(await resealTotpSecrets(db, options))) return false;
    if (!(await sealStrangers(db, options))) return false;
    return await rotateKeys(db, { ...options, wrapOnly: values["wrap-only"] });
  } finally {
    await db.close();
  }
}

try {
  const isDone = await main();
  console.log(
    isDone ? "Done: the older keys of ENCRYPTION_KEYS are not needed any more." : "Stopped. Run it again to go on.",
  );
  process.exitCode = isDone ? 0 : 3;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
