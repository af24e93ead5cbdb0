import { parseArgs } from "node:util";
import { reasonOf } from "@/lib/platform/reason";
import type { BackingService } from "./services/backing-service";
import { getBrowser } from "./services/browser";
import { buildApp, REPO } from "./services/build-app";
import { type Outcome, runChecks } from "./services/checks";
import { atEnd, endAll, endOnSignals } from "./services/child";
import { freePort } from "./services/ports";
import { step } from "./services/progress";
import { startRabbit } from "./services/rabbitmq";
import { startRedis } from "./services/redis";
import { runPlaywright, runVitest, summarise } from "./services/suites";

const PARTS = ["check", "unit", "db", "svc", "e2e"] as const;
type Part = (typeof PARTS)[number];

/** What the plans of queries are shown at when everything is tested; to make them takes two minutes of a processor. */
const PLAN_VISITS = "1000000";

/** Two zones, so that nothing leans on the machine's; Lord Howe shifts its clocks by half an hour. */
const ZONES = ["UTC", "Australia/Lord_Howe"];

const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });
const only = PARTS.find((part) => part === values.only);
if (values.only && !only) {
  console.error(`--only ${values.only}: choose one of ${PARTS.join(", ")}.`);
  process.exit(2);
}
const wanted = (part: Part) => !only || only === part;

endOnSignals();
try {
  process.exitCode = summarise(await run());
} catch (error) {
  console.error(`\n${reasonOf(error)}\n\n0 passed, 1 failed`);
  process.exitCode = 1;
} finally {
  await endAll();
}

async function run(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const browser = wanted("e2e") ? getBrowser() : "";
  // RabbitMQ takes its time to start, so it does while the checks run.
  const services = wanted("svc") ? startServices() : undefined;
  services?.catch(() => undefined);
  // Nobody should wait through the other suites to hear that a service cannot be had.
  const unlessRefused = <T>(work: Promise<T>) => (services ? Promise.race([work, services.then(() => work)]) : work);

  if (wanted("check")) {
    console.log("Checks");
    outcomes.push(...(await unlessRefused(runChecks())));
  }
  if (wanted("unit")) {
    for (const TZ of ZONES) outcomes.push(await unlessRefused(runVitest("unit", positionals, { TZ })));
  }
  if (wanted("db")) outcomes.push(await unlessRefused(runVitest("db", positionals, only ? {} : { PLAN_VISITS })));
  if (services) outcomes.push(await runVitest("svc", positionals, await services));
  if (wanted("e2e")) outcomes.push(await browserTests(browser));
  return outcomes;
}

async function startServices(): Promise<{ REDIS_URL: string; AMQP_URL: string }> {
  const kept = async (start: () => Promise<BackingService>) => {
    const service = await start();
    atEnd(() => service.dispose());
    return service.url;
  };
  return step("Redis and RabbitMQ", async () => {
    const [redis, rabbit] = await Promise.allSettled([kept(startRedis), kept(startRabbit)]);
    if (redis.status === "fulfilled" && rabbit.status === "fulfilled")
      return { REDIS_URL: redis.value, AMQP_URL: rabbit.value };
    const refusals = [redis, rabbit].flatMap((one) => (one.status === "rejected" ? [String(one.reason.message)] : []));
    throw new Error(refusals.join("\n"));
  });
}

async function browserTests(browser: string): Promise<Outcome> {
  await buildApp(`${REPO}/.data/logs`);
  return runPlaywright(positionals, { E2E_PORT: `${await freePort()}`, E2E_BROWSER: browser });
}
