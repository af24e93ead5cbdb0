import { existsSync } from "node:fs";
import path from "node:path";
import { NEXT, REPO } from "./build-app";
import { startChild } from "./child";

/** How one suite ended; `failures` says which tests failed and why, where the suite can tell. */
export type Outcome = { name: string; passed: number; failed: number; seconds: number; failures?: string[] };

const bin = (name: string) => path.join(REPO, "node_modules/.bin", name);

const CHECKS: Array<{ name: string; commands: string[][] }> = [
  { name: "biome", commands: [[bin("biome"), "check", "--error-on-warnings", "."]] },
  { name: "oxlint", commands: [[bin("oxlint"), "--type-aware", "--deny-warnings"]] },
  // Next declares its routes and stylesheets itself; a fresh clone has no such file yet.
  {
    name: "types",
    commands: [
      [process.execPath, NEXT, "typegen"],
      [bin("tsc"), "--noEmit", "-p", "."],
    ],
  },
  { name: "knip", commands: [[bin("knip")]] },
];

/** Lint, types and unused code, side by side; what a failing one says is printed. */
export function runChecks(): Promise<Outcome[]> {
  return Promise.all(CHECKS.map(runCheck));
}

async function runCheck({ name, commands }: (typeof CHECKS)[number]): Promise<Outcome> {
  const since = performance.now();
  let said = "";
  let good = true;
  for (const command of commands) {
    if (good) good = await run(name, command, (words) => (said += words));
  }
  const seconds = (performance.now() - since) / 1000;
  console.log(
    `  ${good ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)${good ? "" : `\n${said.trimEnd()}\n`}`,
  );
  return { name, passed: good ? 1 : 0, failed: good ? 0 : 1, seconds };
}

async function run(name: string, [command = "", ...args]: string[], hear: (words: string) => void): Promise<boolean> {
  if (!existsSync(command)) throw new Error(`${command} is not there. Run npm install.`);
  const child = await startChild({ name, command, args, cwd: REPO, stdio: ["ignore", "pipe", "pipe"] });
  child.process.stdout?.on("data", (data: Buffer) => hear(data.toString()));
  child.process.stderr?.on("data", (data: Buffer) => hear(data.toString()));
  return (await child.ended).code === 0;
}
