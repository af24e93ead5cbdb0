import { defineConfig, devices } from "@playwright/test";
import { browserFlags, findBrowser } from "./scripts/services/browser";

// Playwright reads this file again in each of its processes; the first one decides.
process.env.E2E_PORT ??= "3799";
process.env.E2E_BROWSER ??= findBrowser() ?? "";
const port = process.env.E2E_PORT;
const address = `http://localhost:${port}`;

const at = (width: number, height: number) => ({ ...devices["Desktop Chrome"], viewport: { width, height } });
const phone = { ...at(360, 740), isMobile: true, hasTouch: true };

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.e2e.ts",
  outputDir: ".data/test/e2e",
  fullyParallel: false,
  workers: 2,
  // A browser on a busy machine stumbles; a test that needs its second try passes and is named at the end of the run.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 150_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    baseURL: address,
    locale: "en-GB",
    timezoneId: "Europe/London",
    screenshot: "only-on-failure",
    // Recording costs a fifth of the time; who looks for a fault asks for it.
    trace: process.env.E2E_TRACE === "true" ? "retain-on-failure" : "off",
    launchOptions: { executablePath: process.env.E2E_BROWSER || undefined, args: browserFlags() },
  },
  // All run on the desktop; what must hold on other screens says so with @widths, @tablet or @phone in its title.
  projects: [
    { name: "desktop", use: at(1440, 900), grepInvert: /@phone-only/ },
    { name: "tablet", use: at(768, 1024), grep: /@widths|@tablet/ },
    { name: "phone", use: phone, grep: /@widths|@phone/ },
  ],
  webServer: {
    command: "node --import tsx scripts/e2e-server.ts",
    url: `${address}/api/health/ready`,
    reuseExistingServer: false,
    timeout: 300_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    env: { PORT: port, RATE_LIMIT_SIGN_IN_PER_MINUTE: "10000", REDIS_URL: "", AMQP_URL: "", SMTP_URL: "" },
  },
});
