import { migrate } from "@/db/migrate";
import { loginOf } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/reason";
import { authorityIn } from "@/lib/platform/tls";

try {
  await migrate(loginOf(env(), "operator"), { ca: authorityIn(env().DATABASE_CA_FILE) });
  console.log("The database is at the newest version.");
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
