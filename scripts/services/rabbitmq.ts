import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import amqp from "amqplib";
import { type BackingService, findProgram, foreignService } from "./backing-service";
import { type Child, type Environment, startChild } from "./child";
import { startContainer } from "./docker";
import { aptInstall } from "./install";
import { tailOf } from "./logs";
import { answers, freePort, until } from "./ports";

const MISSING =
  "RabbitMQ is needed for the service tests and is not here. Set AMQP_URL, start Docker, or install rabbitmq-server.";

/** RabbitMQ for tests: the one in AMQP_URL, else Docker, else a binary, else apt-get; throws saying what to install. */
export async function startRabbit(): Promise<BackingService> {
  return process.env.AMQP_URL ? foreignService(process.env.AMQP_URL, "AMQP_URL") : startOwnRabbit();
}

/** A RabbitMQ that belongs to the caller alone, to be stopped and frozen at will; takes some seconds to start. */
export async function startOwnRabbit(): Promise<BackingService> {
  const container = await startContainer({ name: "rabbitmq", image: "rabbitmq:4-alpine", port: 5672, url, probe });
  if (container) return container;
  const programs = rabbitPrograms() ?? (aptInstall("rabbitmq-server") ? rabbitPrograms() : undefined);
  if (!programs) throw new Error(MISSING);
  return startBinary(programs);
}

const url = (port: number) => `amqp://guest:guest@127.0.0.1:${port}`;

type Programs = { server: string; epmd: string };

function rabbitPrograms(): Programs | undefined {
  // Debian's wrapper in /usr/sbin insists on the user rabbitmq and on /var/lib/rabbitmq; the script behind it does not.
  const server = findProgram("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server");
  const epmd = findProgram("epmd", "/usr/lib/erlang/bin/epmd");
  return server && epmd ? { server, epmd } : undefined;
}

async function startBinary({ server, epmd }: Programs): Promise<BackingService> {
  const [port, distPort, epmdPort] = [await freePort(), await freePort(), await freePort()];
  const folder = mkdtempSync(path.join(tmpdir(), "slotwell-rabbit-"));
  const env = { ...nodeEnv(folder, port, distPort), ERL_EPMD_PORT: `${epmdPort}`, ERL_EPMD_ADDRESS: "127.0.0.1" };
  // Erlang would start its name server as a daemon that outlives us; a child of ours takes its place.
  const names = await startChild({ name: "epmd", command: epmd, args: [], env, cwd: folder, graceMs: 1_000 });
  await until(() => answers(epmdPort), { timeoutMs: 10_000, why: () => `${epmd} did not answer.` });

  const launch = () => launchNode({ server, env, folder, port });
  let child = await launch();
  return {
    url: url(port),
    source: "binary",
    stop: () => child.stop(),
    start: async () => {
      if (!child.alive()) child = await launch();
    },
    freeze: async () => child.signal("SIGSTOP"),
    thaw: async () => child.signal("SIGCONT"),
    dispose: async () => {
      await child.stop();
      await names.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Node = { server: string; env: Environment; folder: string; port: number };

async function launchNode({ server, env, folder, port }: Node): Promise<Child> {
  const log = openSync(path.join(folder, "server.log"), "a");
  const stdio: ["ignore", number, number] = ["ignore", log, log];
  const child = await startChild({
    name: "RabbitMQ",
    command: server,
    args: [],
    env,
    cwd: folder,
    stdio,
    graceMs: 15_000,
  });
  closeSync(log);
  const why = () => `${server} did not answer on port ${port}:\n${tailOf(path.join(folder, "server.log"))}`;
  await until(() => probe(url(port)), { timeoutMs: 90_000, everyMs: 250, dead: () => !child.alive(), why });
  return child;
}

/** Its own name, ports and folders, so that a RabbitMQ of the machine is neither seen nor touched. */
function nodeEnv(folder: string, port: number, distPort: number): Environment {
  for (const name of ["data", "log"]) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, "enabled_plugins"), "[].\n");
  writeFileSync(path.join(folder, "env.conf"), "");
  const settings = [
    "log.console = true",
    "log.console.level = error",
    "log.file = false",
    "disk_free_limit.absolute = 20MB",
  ];
  writeFileSync(path.join(folder, "rabbitmq.conf"), `${settings.join("\n")}\n`);
  return {
    PATH: process.env.PATH,
    LANG: "C.UTF-8",
    // Erlang keeps its cookie here.
    HOME: folder,
    RABBITMQ_NODENAME: `slotwell-${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
    RABBITMQ_NODE_PORT: `${port}`,
    RABBITMQ_DIST_PORT: `${distPort}`,
    RABBITMQ_MNESIA_BASE: path.join(folder, "data"),
    RABBITMQ_LOG_BASE: path.join(folder, "log"),
    RABBITMQ_CONF_ENV_FILE: path.join(folder, "env.conf"),
    RABBITMQ_CONFIG_FILE: path.join(folder, "rabbitmq.conf"),
    RABBITMQ_ENABLED_PLUGINS_FILE: path.join(folder, "enabled_plugins"),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-kernel inet_dist_use_interface {127,0,0,1}",
  };
}

async function probe(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  if (!(await answers(Number(port), hostname))) return false;
  const connection = await amqp.connect(address, { timeout: 5_000 });
  connection.on("error", () => undefined);
  await connection.close();
  return true;
}
