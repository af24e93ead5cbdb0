import { parseArgs } from "node:util";
import type { Db } from "@/db/client";
import { anchorAnew } from "@/lib/audit/anchor-anew";
import { ChainBroken, sentenceOf } from "@/lib/audit/finding";
import { type Sealing, sealAudit } from "@/lib/audit/seal-audit";
import { sealingFromEnv } from "@/lib/audit/sealing-from-env";
import { type ChainReport, verifyAudit } from "@/lib/audit/verify-audit";
import { openDatabase } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/reason";

// npm run audit:verify [-- --no-seal] [-- --anchor-anew "why"]: seals what is new, then holds both logs against their seals and the anchors; exit 1 and
// the first bad row where they do not hold.

function print({ chain, seals, rows, unsealed, removed, unsigned, anchoredSince, finding }: ChainReport) {
  if (finding) return console.log(`${chain.padEnd(12)}BROKEN: ${sentenceOf(finding)}`);
  const gone = removed > 0 ? `, ${removed} older ones removed` : "";
  console.log(
    `${chain.padEnd(12)}holds: ${rows} rows under ${seals} seals${gone}; ${unsealed} came after the newest seal`,
  );
  if (anchoredSince)
    console.log(
      `${" ".repeat(12)}anchored since ${anchoredSince.at} from seal ${anchoredSince.number} on: ${anchoredSince.reason ?? ""}`,
    );
  if (unsigned > 0)
    console.log(
      `${" ".repeat(12)}${unsigned} seals are signed by no key at hand: what follows them, and the anchors, vouch for them`,
    );
}

/** What keeps it from sealing is said by the verification, and more exactly. */
async function sealFirst(db: Db, sealing: Sealing): Promise<string | null> {
  try {
    await sealAudit(db, sealing);
    return null;
  } catch (error) {
    if (error instanceof ChainBroken) return sentenceOf(error.finding);
    throw error;
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { "no-seal": { type: "boolean", default: false }, "anchor-anew": { type: "string" } },
  });
  const since = performance.now();
  const sealing = sealingFromEnv(new Date());
  const db = openDatabase(env(), "operator", {
    ...{ max: 2, name: "slotwell-audit-verify", statementTimeoutMs: 300_000, deadlineMs: Number.POSITIVE_INFINITY },
  });
  try {
    if (values["anchor-anew"] !== undefined) await anchorAnew(db, values["anchor-anew"], sealing);
    const unsealable = values["no-seal"] ? null : await sealFirst(db, sealing);
    const { chains, guards } = await verifyAudit(db, sealing);
    chains.forEach(print);
    console.log(
      guards ? `triggers    BROKEN: ${sentenceOf(guards)}` : "triggers    every audited table writes down its changes",
    );
    if (unsealable) console.log(`Nothing new was sealed: ${unsealable}`);
    if (sealing.keys.length === 0)
      console.log(
        "Neither ENCRYPTION_KEYS nor AUTH_SECRET is set: seals are not signed, the anchors alone vouch for them.",
      );
    console.log(`Anchors: ${sealing.anchors.place}. Took ${((performance.now() - since) / 1_000).toFixed(1)} s.`);
    return guards || unsealable || chains.some(({ finding }) => finding) ? 1 : 0;
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
