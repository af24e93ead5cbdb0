import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BackingService, findProgram, foreignService } from "./backing-service";
import { startChild } from "./child";
import { startContainer } from "./docker";
import { aptInstall } from "./install";
import { freePort, until } from "./ports";

const MISSING =
  "Redis is needed for the service tests and is not here. Set REDIS_URL, start Docker, or install redis-server (or valkey-server).";

/** Redis for tests: the one in REDIS_URL, else Docker, else a binary, else apt-get; throws saying what to install. */
export async function startRedis(): Promise<BackingService> {
  return process.env.REDIS_URL ? foreignService(process.env.REDIS_URL, "REDIS_URL") : startOwnRedis();
}

/** A Redis that belongs to the caller alone, to be stopped and frozen at will. */
export async function startOwnRedis(): Promise<BackingService> {
  const container = await startContainer({ name: "redis", image: "redis:7-alpine", port: 6379, url, probe });
  if (container) return container;
  const program = redisProgram() ?? (aptInstall("redis-server") ? redisProgram() : undefined);
  if (!program) throw new Error(MISSING);
  return startBinary(program);
}

const redisProgram = () => findProgram("redis-server", "valkey-server");
const url = (port: number) => `redis://127.0.0.1:${port}`;

async function startBinary(program: string): Promise<BackingService> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "slotwell-redis-"));
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"];
  const launch = async () => {
    const child = await startChild({ name: "Redis", command: program, args, cwd: folder, graceMs: 5_000 });
    const why = () => `${program} did not answer on port ${port}.`;
    await until(() => probe(url(port)), { timeoutMs: 10_000, dead: () => !child.alive(), why });
    return child;
  };
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
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A client would retry and log on its own terms; one PING over the wire is all that is asked. */
function probe(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write("PING\r\n"));
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => settle(false));
    socket.once("data", (data) => settle(data.toString().startsWith("+PONG")));
    socket.once("error", () => settle(false));
  });
}
