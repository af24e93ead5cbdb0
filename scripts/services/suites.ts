import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { REPO } from "./build-app";
import type { Outcome } from "./checks";
import { type Environment, startChild } from "./child";

const LIMIT_MINUTES = 40;
const REPORTS = path.join(REPO, ".data/test");

type Suite = { name: string; args: string[]; env?: Environment; count: (report: string) => Counts };
type Counts = Pick<Outcome, "passed" | "failed" | "failures">;

/** Of each failure, so that a log of which only the end is kept still says what to look at. */
const FAILURE_LINES = 12;

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
  const counts = existsSync(report) ? count(readFileSync(report, "utf8")) : { passed: 0, failed: 0, failures: [] };
  // A file that could not be read, or a server that did not start, fails without a failed test.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { name, ...counts, seconds: (performance.now() - since) / 1000 };
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: Array<{
    name: string;
    status: string;
    message: string;
    assertionResults: Array<{ fullName: string; status: string; failureMessages: string[] }>;
  }>;
};

function countVitest(report: string): Counts {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as VitestReport;
  const failures = testResults.flatMap((file) => {
    const at = path.relative(REPO, file.name);
    const tests = file.assertionResults.filter(({ status }) => status === "failed");
    if (file.status === "failed" && tests.length === 0) return [failure(at, file.message)];
    return tests.map((test) => failure(`${at} > ${test.fullName}`, test.failureMessages.join("\n")));
  });
  return { passed: numPassedTests, failed: numFailedTests, failures };
}

type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs: Array<{ title: string; file: string; tests: PlaywrightTest[] }>;
};
type PlaywrightTest = {
  projectName: string;
  status: "expected" | "unexpected" | "flaky" | "skipped";
  results: Array<{ error?: { message?: string } }>;
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
  errors: Array<{ message?: string }>;
};

function countPlaywright(report: string): Counts {
  const { stats, suites, errors } = JSON.parse(report) as PlaywrightReport;
  const within = (suite: PlaywrightSuite): PlaywrightSuite["specs"] => [
    ...suite.specs,
    ...(suite.suites ?? []).flatMap(within),
  ];
  const failures = suites.flatMap(within).flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ projectName, status, results }) => {
        const where = `${status === "flaky" ? "at first: " : ""}[${projectName}] ${file} > ${title}`;
        return failure(where, results.find(({ error }) => error)?.error?.message);
      }),
  );
  failures.push(...errors.map(({ message }) => failure("outside of tests", message)));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, failures };
}

function failure(where: string, message = ""): string {
  const lines = stripVTControlCharacters(message).split("\n");
  const said = lines.filter((line) => !line.includes("node_modules")).slice(0, FAILURE_LINES);
  return [`FAILED ${where}`, ...said.map((line) => `    ${line}`)].join("\n");
}

function reportFile(name: string): string {
  mkdirSync(REPORTS, { recursive: true });
  return path.join(REPORTS, `${name.replaceAll(/\W+/g, "-")}.json`);
}

/** Prints what failed, a line per suite and the closing line; gives the exit code. */
export function summarise(outcomes: Outcome[]): number {
  for (const { failures } of outcomes) for (const words of failures ?? []) console.log(`\n${words}`);
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
