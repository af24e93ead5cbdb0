import { closePlainColumns, migrate } from "@/db/migrate";
import { sealStrangers } from "@/lib/notifications/inbound-content";
import { loginOf, openDatabase } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/reason";
import { authorityIn } from "@/lib/platform/tls";
import { sealWhatIsOpen } from "@/lib/protection/rotate-keys";

// npm run migrate: the newest schema, then, while the clinic works, what an earlier version left unsealed. Ctrl-C stops the sealing; run again, it goes on.

async function main(): Promise<boolean> {
  const [url, ca] = [loginOf(env(), "operator"), authorityIn(env().DATABASE_CA_FILE)];
  await migrate(url, { ca });
  console.log("The database is at the newest version.");
  const db = openDatabase(env(), "operator", { max: 2, name: "slotwell-migrate", statementTimeoutMs: 60_000 });
  let isStopped = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (isStopped = true));
  const progress = (what: string, done: number) => console.log(`${what}: ${done}`);
  const options = { progress, isStopped: () => isStopped };
  try {
    if (!(await sealWhatIsOpen(db, options)) || !(await sealStrangers(db, options))) return false;
  } finally {
    await db.close();
  }
  await closePlainColumns(url, { ca });
  return true;
}

try {
  const isSealed = await main();
  if (!isSealed) console.log("Stopped with identifiers in plain. Run it again to go on.");
  process.exitCode = isSealed ? 0 : 3;
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
