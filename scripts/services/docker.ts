import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { BackingService } from "./backing-service";
import { type Child, startChild } from "./child";
import { freePort, until } from "./ports";

type Container = {
  name: string;
  image: string;
  port: number;
  url: (port: number) => string;
  probe: (url: string) => Promise<boolean>;
};

const LABEL = "slotwell-test";

/** Runs a server in a running Docker; undefined where there is no Docker or it cannot get the image. */
export async function startContainer({
  name,
  image,
  port,
  url,
  probe,
}: Container): Promise<BackingService | undefined> {
  if (docker("info").status !== 0) return undefined;
  removeLeftovers();
  const hostPort = await freePort();
  const id = `slotwell-${name}-${randomBytes(4).toString("hex")}`;
  const created = docker("create", "--name", id, "--label", LABEL, "-p", `127.0.0.1:${hostPort}:${port}`, image);
  if (created.status !== 0) {
    console.log(`Docker has no ${image}: ${created.stderr.trim().split("\n").at(-1)}`);
    return undefined;
  }
  const address = url(hostPort);
  // Attached, so that the container stops with us whatever ends us.
  const launch = async () => {
    const child = await startChild({ name, command: "docker", args: ["start", "--attach", id], graceMs: 20_000 });
    const why = () => `${image} did not answer on ${address}: ${docker("logs", "--tail", "10", id).stderr}`;
    await until(() => probe(address), { timeoutMs: 90_000, everyMs: 250, dead: () => !child.alive(), why });
    return child;
  };
  let child: Child | undefined;
  const remove = () => void docker("rm", "--force", "--volumes", id);
  try {
    child = await launch();
  } catch (error) {
    remove();
    console.log(error instanceof Error ? error.message : error);
    return undefined;
  }
  return {
    url: address,
    source: "docker",
    stop: async () => {
      docker("stop", id);
      await child?.stop();
    },
    start: async () => {
      if (!child?.alive()) child = await launch();
    },
    freeze: async () => void docker("pause", id),
    thaw: async () => void docker("unpause", id),
    dispose: async () => {
      remove();
      await child?.stop();
    },
  };
}

function removeLeftovers(): void {
  const { stdout } = docker("ps", "--all", "--quiet", "--filter", `label=${LABEL}`, "--filter", "status=exited");
  const ids = stdout.trim().split("\n").filter(Boolean);
  if (ids.length > 0) docker("rm", "--volumes", ...ids);
}

const docker = (...args: string[]) => {
  const result = spawnSync("docker", args, { encoding: "utf8", timeout: 300_000 });
  return { status: result.status, stdout: result.stdout ?? "", stderr: result.stderr ?? "" };
};
