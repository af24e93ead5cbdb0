import { parseArgs } from "node:util";
import { openDatabase } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/reason";
import { examineDatabase, rebuildBusyDays } from "./doctor/database";
import type { Finding } from "./doctor/finding";
import { examineKeys } from "./doctor/keys";
import { examineRoles } from "./doctor/roles";
import { examineServices } from "./doctor/services";
import { examineClock, examineZones } from "./doctor/time";

// npm run doctor [-- --all] [-- --rebuild-busy-days]: says what is wrong and how to mend it; exit 1 where something is.

const MARKS: Record<Finding["status"], string> = { ok: "ok   ", off: "off  ", warn: "warn ", bad: "WRONG" };

function print({ name, status, says, mend }: Finding): void {
  console.log(`${MARKS[status]}  ${name.padEnd(12)}${says}`);
  if (mend) console.log(`${" ".repeat(19)}-> ${mend}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { all: { type: "boolean", default: false }, "rebuild-busy-days": { type: "boolean", default: false } },
  });
  const environment = env();
  const now = new Date();
  const db = openDatabase(environment, "web", { max: 4, name: "slotwell-doctor", statementTimeoutMs: 300_000 });
  try {
    if (values["rebuild-busy-days"]) {
      await rebuildBusyDays(db, now);
      console.log("The busy days were made anew from the visits.");
    }
    const services = examineServices(environment);
    const database = await examineDatabase(db, { all: values.all, now });
    const isReachable = database[0]?.status === "ok";
    const time = isReachable ? await Promise.all([examineKeys(db), examineClock(db), examineZones(db, now)]) : [];
    const roles = isReachable ? await examineRoles(environment) : [];
    const findings = [...database, ...roles, ...time, ...(await services)];
    findings.forEach(print);
    return findings.some(({ status }) => status === "bad") ? 1 : 0;
  } finally {
    await db.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
