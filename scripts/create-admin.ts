import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { createAdmin } from "@/lib/accounts/create-admin";
import { createAdminInput } from "@/lib/accounts/schemas";
import { openDatabase } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/reason";

/** Prints a one-time link with which an admin chooses a password: no default password exists. */
async function main() {
  const { values } = parseArgs({ options: { email: { type: "string" }, name: { type: "string" } } });
  const input = createAdminInput.safeParse(values);
  if (!input.success) throw new Error("Usage: npm run create-admin -- --email you@example.org [--name 'Your Name']");
  const db = openDatabase(env(), "operator", { max: 1, name: "slotwell-create-admin" });
  try {
    const actor = { kind: "system", job: "create-admin" } as const;
    const made = await createAdmin({ db, actor, now: new Date(), requestId: randomUUID() }, input.data);
    if (!made.ok) throw new Error(made.detail ?? made.code);
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
