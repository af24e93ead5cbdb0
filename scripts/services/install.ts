import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { findProgram } from "./backing-service";

const POLICY = "/usr/sbin/policy-rc.d";

/**
 * Installs Debian packages where that can work: apt-get is there and we are root, or sudo asks no password.
 * Their services do not start by themselves. Gives false, having said why, where it did not work.
 */
export function aptInstall(...packages: string[]): boolean {
  const become = rootPrefix();
  if (!findProgram("apt-get") || !become) return false;
  console.log(`Installing ${packages.join(", ")} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (...command: string[]) => {
    const [program = "", ...args] = [...become, ...command];
    return spawnSync(program, args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  };
  const install = () => run("apt-get", "install", "-y", "--no-install-recommends", ...packages);
  return withoutServices(run, () => {
    // A fresh image has no package lists, an old one stale ones.
    if (install().status === 0) return true;
    run("apt-get", "update");
    const second = install();
    if (second.status !== 0)
      console.error(`apt-get could not: ${second.stderr.trim().split("\n").slice(-3).join("\n")}`);
    return second.status === 0;
  });
}

function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram("sudo");
  return sudo && spawnSync(sudo, ["-n", "true"], { stdio: "ignore" }).status === 0 ? [sudo, "-n"] : undefined;
}

type Run = (...command: string[]) => unknown;

function withoutServices(run: Run, work: () => boolean): boolean {
  if (existsSync(POLICY)) return work();
  // Debian asks this script before it starts a service of a package; 101 means no.
  if (process.getuid?.() === 0) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  else run("sh", "-c", `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`);
  try {
    return work();
  } finally {
    if (process.getuid?.() === 0) rmSync(POLICY, { force: true });
    else run("rm", "-f", POLICY);
  }
}
