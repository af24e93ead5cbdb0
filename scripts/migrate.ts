import { migrate } from "@/db/migrate";
import { env } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/reason";

try {
  const { DATABASE_OWNER_URL, DATABASE_URL } = env();
  await migrate(DATABASE_OWNER_URL ?? DATABASE_URL);
  console.log("The database is at the newest version.");
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
