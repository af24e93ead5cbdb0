import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { startChild } from "./child";
import { tailOf } from "./logs";
import { step } from "./progress";

export const REPO = path.resolve(import.meta.dirname, "../..");
export const NEXT = path.join(REPO, "node_modules/next/dist/bin/next");

const BUILT_FROM = ["app", "components", "db", "lib", "messages", "public"];
const BUILT_WITH =
  /^(proxy|instrumentation|instrumentation-client|next\.config|tailwind\.config|postcss\.config)\.\w+$/;
const ALWAYS = ["package-lock.json", "tsconfig.json"];
const NOT_BUILT = /\.test\.tsx?$|^db\/(migrations|seed)\//;
const STAMP = path.join(REPO, ".next/slotwell-sources");

/** Makes the production build, unless the one that is here was made from the same sources. */
export async function buildApp(logs: string): Promise<void> {
  const hash = await sourcesHash();
  if (existsSync(STAMP) && existsSync(path.join(REPO, ".next/BUILD_ID")) && readFileSync(STAMP, "utf8") === hash)
    return;
  await step("Building the app", async () => {
    await runBuild(logs);
    writeFileSync(STAMP, hash);
  });
}

async function runBuild(logs: string): Promise<void> {
  mkdirSync(logs, { recursive: true });
  const file = path.join(logs, "build.log");
  const log = createWriteStream(file);
  const child = await startChild({
    name: "next build",
    command: process.execPath,
    args: [NEXT, "build"],
    cwd: REPO,
    // No deployment value may end up in the build, so it sees none.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.process.stdout?.pipe(log, { end: false });
  child.process.stderr?.pipe(log, { end: false });
  const { code } = await child.ended;
  await new Promise((resolve) => log.end(resolve));
  if (code !== 0) throw new Error(`The production build failed. The end of ${file}:\n${tailOf(file, 40)}`);
}

async function sourcesHash(): Promise<string> {
  const listed = await Promise.all(BUILT_FROM.map((folder) => filesBelow(folder)));
  const top = (await readdir(REPO)).filter((name) => BUILT_WITH.test(name) || ALWAYS.includes(name));
  const files = [...listed.flat(), ...top].filter((file) => !NOT_BUILT.test(file)).sort();
  const hash = createHash("sha256").update(process.version);
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(path.join(REPO, file)))
      .update("\0");
  return hash.digest("hex");
}

async function filesBelow(folder: string): Promise<string[]> {
  const at = path.join(REPO, folder);
  if (!existsSync(at)) return [];
  const entries = await readdir(at, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(REPO, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}
