import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { findProgram } from "./backing-service";
import { aptInstall } from "./install";

/** Quiet in the background: nothing on the network that the page under test did not ask for. */
export function browserFlags(): string[] {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  // Chromium's sandbox does not work for root.
  return [...quiet, "--disable-quic", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
}

/** The full path of a Chromium that is here and runs; undefined where there is none. */
export function findBrowser(): string | undefined {
  const named = process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH;
  const system = findProgram("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome");
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return [named, chromium.executablePath(), system, mac].find((file) => file !== undefined && runs(file));
}

/** A Chromium that runs, fetched if need be: Playwright's own, else Debian's; throws saying what to install. */
export function getBrowser(): string {
  const known = findBrowser();
  if (known) return known;
  console.log("Getting a browser for the tests: npx playwright install chromium ...");
  const playwright = (...args: string[]) => spawnSync("npx", ["playwright", ...args], { stdio: "inherit" });
  playwright("install", "chromium");
  // Fetched, but without the system libraries it needs, it does not run yet.
  if (!findBrowser() && existsSync(chromium.executablePath())) playwright("install-deps", "chromium");
  if (!findBrowser()) aptInstall("chromium");
  const got = findBrowser();
  if (!got) throw new Error("A Chromium is needed for the browser tests and could not be fetched. Install chromium.");
  return got;
}

// A wrapper that only says where to get the browser, or a binary without its libraries, ends with an error here.
const runs = (file: string) =>
  existsSync(file) && spawnSync(file, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
