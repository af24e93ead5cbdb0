import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { BackingService } from "./backing-service";
import { type Child, startChild } from "./child";
import { tailOf } from "./logs";
import { freePort, until } from "./ports";
import {
  canEnter,
  foreignRoot,
  forgetForeignRoot,
  type OsUser,
  type PostgresBinaries,
  postgresBinaries,
  postgresUser,
} from "./postgres-binaries";
import { childrenOf, commandOf, tryKill } from "./processes";

export type PostgresOptions = {
  /** Kept between starts, under this folder of the repository where its user can reach it; a throwaway folder without it. */
  dataDir?: string;
  /** A free one without it. */
  port?: number;
  /** The superuser's; made up without it. A kept folder needs the same one each time. */
  password?: string;
  /** Extra server settings. */
  settings?: Record<string, string>;
  /** Speed over safety: an unplugged machine may lose everything. Tests only. */
  throwaway?: boolean;
  /** Files (PEM) with which it offers TLS beside plain connections. */
  tls?: { cert: string; key: string };
};

export type EmbeddedPostgres = Omit<BackingService, "url"> & {
  readonly port: number;
  readonly dataDir: string;
  /** Connection string of the superuser for a database of this name. */
  url(database?: string): string;
  createDatabase(name: string): Promise<void>;
};

const REPO = path.resolve(import.meta.dirname, "../..");
const SUPERUSER = "postgres";

/** Starts the PostgreSQL that npm installed, on loopback, as an ordinary user of the machine. */
export async function startPostgres(options: PostgresOptions = {}): Promise<EmbeddedPostgres> {
  const user = postgresUser();
  const binaries = postgresBinaries(user, REPO);
  const dataDir = options.dataDir ? reachable(options.dataDir, user) : scratch(user);
  const password = options.password ?? randomBytes(12).toString("hex");
  const port = options.port ?? (await freePort());

  if (!existsSync(path.join(dataDir, "PG_VERSION"))) initialise(binaries, dataDir, password, user);
  if (options.tls) offerTls(options.tls, dataDir, user);
  const url = (database = "postgres") => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  const launch = async () => {
    await clearStalePid(dataDir);
    const until = performance.now() + 20_000;
    while (true) {
      const server = await startServer({ binaries, dataDir, port, user, options });
      try {
        await ready(server, url(), dataDir);
        return server;
      } catch (error) {
        await server.stop();
        if (!memoryIsHeld(dataDir) || performance.now() > until) throw error;
        await sleep(100);
      }
    }
  };

  let server = await launch();
  // Its backends are in sessions of their own, so each is told by its id.
  const signalAll = (signal: NodeJS.Signals) => {
    for (const pid of [server.pid, ...childrenOf(server.pid)]) tryKill(pid, signal);
  };
  const stop = async () => {
    if (server.alive()) signalAll("SIGCONT");
    await server.stop();
  };
  return {
    source: "embedded",
    port,
    dataDir,
    url,
    createDatabase: (name) => createDatabase(url(), name),
    stop,
    start: async () => {
      if (!server.alive()) server = await launch();
    },
    freeze: async () => signalAll("SIGSTOP"),
    thaw: async () => signalAll("SIGCONT"),
    dispose: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
      forgetForeignRoot(dataDir);
    },
  };
}

/** The folder itself where the server's user may enter it, else one outside the repository that belongs to it. */
function reachable(dataDir: string, user: OsUser | undefined = postgresUser()): string {
  const parent = path.dirname(dataDir);
  mkdirSync(parent, { recursive: true });
  const home = !user || canEnter(parent, user) ? parent : foreignRoot(parent);
  return path.join(home, path.basename(dataDir));
}

function scratch(user: OsUser | undefined): string {
  const folder = mkdtempSync(path.join(tmpdir(), "slotwell-pg-"));
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

function initialise(binaries: PostgresBinaries, dataDir: string, password: string, user: OsUser | undefined): void {
  const secret = mkdtempSync(path.join(tmpdir(), "slotwell-init-"));
  const passwordFile = path.join(secret, "password");
  writeFileSync(passwordFile, `${password}\n`);
  if (user) for (const file of [secret, passwordFile]) chownSync(file, user.uid, user.gid);
  // Made beside its place and then moved there, so that a start that was cut short leaves no half cluster.
  const making = `${dataDir}.new`;
  try {
    runInitdb(binaries.initdb, making, passwordFile, user);
    renameSync(making, dataDir);
  } finally {
    for (const folder of [secret, making]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The server takes no key but one that is its own user's alone. */
function offerTls({ cert, key }: { cert: string; key: string }, dataDir: string, user: OsUser | undefined): void {
  for (const [from, name] of [
    [cert, "server.crt"],
    [key, "server.key"],
  ] as const) {
    const file = path.join(dataDir, name);
    writeFileSync(file, readFileSync(from), { mode: 0o600 });
    if (user) chownSync(file, user.uid, user.gid);
  }
}

function runInitdb(initdb: string, folder: string, passwordFile: string, user: OsUser | undefined): void {
  const args = [`--pgdata=${folder}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const collation = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"];
  let output = "";
  // Machines differ in what they call the neutral UTF-8 locale; the collation is PostgreSQL's own in any case.
  for (const locale of ["C.UTF-8", "C.utf8", "en_US.UTF-8", "C"]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    if (user) chownSync(folder, user.uid, user.gid);
    const options = { ...user, cwd: "/", encoding: "utf8" as const, env: neutralEnv() };
    const result = spawnSync(initdb, [...args, ...collation, `--locale=${locale}`], options);
    if (result.status === 0) return;
    output = result.error?.message ?? result.stderr;
    if (!/locale/i.test(output)) break;
  }
  throw new Error(`PostgreSQL could not make its data folder ${folder}: ${output}`);
}

type Launch = {
  binaries: PostgresBinaries;
  dataDir: string;
  port: number;
  user: OsUser | undefined;
  options: PostgresOptions;
};

async function startServer({ binaries, dataDir, port, user, options }: Launch): Promise<Child> {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    // No socket file: two clones, or two users, would fight for it.
    unix_socket_directories: "",
    timezone: "UTC",
    jit: "off",
    max_connections: "200",
    ...(options.throwaway || !options.dataDir ? THROWAWAY : {}),
    ...(options.tls ? { ssl: "on" } : {}),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(logFile(dataDir), "a", 0o600);
  try {
    const server = await startChild({
      name: "PostgreSQL",
      command: binaries.postgres,
      args: ["-D", dataDir, "-p", String(port), ...flags],
      env: neutralEnv(),
      cwd: "/",
      stdio: ["ignore", log, log],
      user,
      // SIGINT is PostgreSQL's fast shutdown: open transactions roll back, nothing waits for clients.
      stopSignal: "SIGINT",
      graceMs: 20_000,
    });
    writeFileSync(ownerFile(dataDir), String(process.pid));
    return server;
  } finally {
    closeSync(log);
  }
}

// A time zone or locale of ours must not leak into the server.
const neutralEnv = () => ({ PATH: process.env.PATH, LC_ALL: "C" }) as unknown as NodeJS.ProcessEnv;

const THROWAWAY = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "4GB",
  autovacuum_naptime: "10s",
};

const logFile = (dataDir: string) => path.join(dataDir, "server.log");
const ownerFile = (dataDir: string) => path.join(dataDir, "owner.pid");

async function ready(server: Child, url: string, dataDir: string): Promise<void> {
  const probe = async () => {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
    try {
      await sql`select 1`;
      return true;
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  await until(probe, {
    timeoutMs: 60_000,
    dead: () => !server.alive(),
    why: () => `PostgreSQL did not start. The end of ${logFile(dataDir)}:\n${tailOf(logFile(dataDir))}`,
  });
}

/** Whether the last start failed because a killed server's backends had not all ended yet: they do so by themselves. */
const memoryIsHeld = (dataDir: string) => tailOf(logFile(dataDir), 5).includes("pre-existing shared memory block");

/** Ends a server whose owner died, forgets a pid file that names someone else, and refuses to share a folder in use. */
async function clearStalePid(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!commandOf(pid).includes(dataDir)) return rmSync(pidFile, { force: true });

  const owner = existsSync(ownerFile(dataDir)) ? Number(readFileSync(ownerFile(dataDir), "utf8")) : 0;
  if (owner && owner !== process.pid && commandOf(owner)) {
    throw new Error(`${dataDir} is in use by another Slotwell (process ${owner}). Stop that one first.`);
  }
  tryKill(pid, "SIGINT");
  for (let tries = 0; tries < 200 && commandOf(pid); tries++) await sleep(100);
  if (commandOf(pid)) tryKill(pid, "SIGKILL");
}

async function createDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [known] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!known) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}
