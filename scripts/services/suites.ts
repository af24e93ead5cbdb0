import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { REPO } from "./build-app";
import type { Outcome } from "./checks";
import { type Environment, startChild } from "./child";

const LIMIT_MINUTES = 40;
const REPORTS = path.join(REPO, ".data/test");

type Suite = { name: string; args: string[]; env?: Environment; count: (report: string) => Counts };
type Counts = { passed: number; failed: number };

/** Runs one vitest project and counts its tests. `filter` is handed through: parts of paths, or vitest's own flags. */
export function runVitest(project: string, filter: string[], env: Environment = {}): Promise<Outcome> {
  const name = env.TZ ? `${project}, TZ=${env.TZ}` : project;
  const report = reportFile(name);
  const args = [path.join(REPO, "node_modules/vitest/vitest.mjs"), "run", "--project", project, ...filter];
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  if (filter.length > 0) reporters.push("--passWithNoTests");
  // Each file has a database of its own and waits for it most of the time; by itself vitest leaves one core of two idle.
  if (project === "db") reporters.push("--maxWorkers=2");
  return runSuite({ name, args: [...args, ...reporters], env, count: countVitest }, report);
}

/** Runs the browser tests against the production build, which Playwright's configuration starts. */
export function runPlaywright(filter: string[], env: Environment): Promise<Outcome> {
  const report = reportFile("e2e");
  const args = [path.join(REPO, "node_modules/@playwright/test/cli.js"), "test", "--reporter=list,json", ...filter];
  const suite = { name: "e2e", args, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }, count: countPlaywright };
  return runSuite(suite, report);
}

async function runSuite({ name, args, env, count }: Suite, report: string): Promise<Outcome> {
  console.log(`\n=== ${name} ===`);
  const since = performance.now();
  rmSync(report, { force: true });
  const options = { command: process.execPath, args, cwd: REPO, env: { ...process.env, ...env } };
  const child = await startChild({ name, ...options, stdio: ["ignore", "inherit", "inherit"], graceMs: 30_000 });
  // A test that spins never sees its own timeout.
  const limit = setTimeout(() => {
    console.error(`${name} is still running after ${LIMIT_MINUTES} minutes and is ended.`);
    void child.stop();
  }, LIMIT_MINUTES * 60_000);
  const { code } = await child.ended;
  clearTimeout(limit);
  const counts = existsSync(report) ? count(readFileSync(report, "utf8")) : { passed: 0, failed: 0 };
  // A file that could not be read, or a server that did not start, fails without a failed test.
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  return { name, passed: counts.passed, failed, seconds: (performance.now() - since) / 1000 };
}

function countVitest(report: string): Counts {
  const { numPassedTests, numFailedTests } = JSON.parse(report) as { numPassedTests: number; numFailedTests: number };
  return { passed: numPassedTests, failed: numFailedTests };
}

function countPlaywright(report: string): Counts {
  const { stats } = JSON.parse(report) as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

function reportFile(name: string): string {
  mkdirSync(REPORTS, { recursive: true });
  return path.join(REPORTS, `${name.replaceAll(/\W+/g, "-")}.json`);
}

/** Prints a line per suite and the closing line; gives the exit code. */
export function summarise(outcomes: Outcome[]): number {
  console.log("\nSummary");
  for (const { name, passed, failed, seconds } of outcomes) {
    console.log(
      `  ${name.padEnd(30)} ${`${passed} passed`.padStart(12)} ${`${failed} failed`.padStart(10)} ${seconds.toFixed(1).padStart(8)} s`,
    );
  }
  const total = (pick: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
  const failed = total((outcome) => outcome.failed);
  console.log(`\n${total((outcome) => outcome.passed)} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
