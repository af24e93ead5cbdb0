import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { createAdmin } from "@/lib/accounts/create-admin";
import { recoverAdmin } from "@/lib/accounts/recover-admin";
import { createAdminInput } from "@/lib/accounts/schemas";
import { openDatabase } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/reason";

const USAGE = "Usage: npm run create-admin -- --email you@example.org [--name 'Your Name' | --reset-second-factor]";

/** Prints a one-time link with which an admin chooses a password: no default password exists. With --reset-second-factor also for one who has lost every factor. */
async function main() {
  const { values } = parseArgs({
    options: {
      email: { type: "string" },
      name: { type: "string" },
      "reset-second-factor": { type: "boolean", default: false },
    },
  });
  const { "reset-second-factor": isRecovery, ...given } = values;
  const input = createAdminInput.safeParse(given);
  if (!input.success) throw new Error(USAGE);
  const db = openDatabase(env(), "operator", { max: 1, name: "slotwell-create-admin" });
  try {
    const actor = { kind: "system", job: "create-admin" } as const;
    const ctx = { db, actor, now: new Date(), requestId: randomUUID() };
    const made = await (isRecovery ? recoverAdmin(ctx, input.data) : createAdmin(ctx, input.data));
    if (!made.ok) throw new Error(made.detail ?? made.code);
    if (isRecovery)
      console.log("Authenticator app, passkeys, recovery codes and password are gone, all sign-ins have ended.");
    console.log(
      `Open this link to choose the password of ${input.data.email}. It works once, until ${made.value.expiresAt.toISOString()}:`,
    );
    console.log(`\n  ${env().appUrl}/invitation?token=${made.value.token}\n`);
  } finally {
    await db.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
