import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { commandOf, isRunning, parentOf } from "./processes";

/** Next makes NODE_ENV a must in its type of an environment; ours are smaller. */
export type Environment = Record<string, string | undefined>;

export type ChildOptions = {
  /** Shown in messages. */
  name: string;
  command: string;
  args: string[];
  /** Ours without it. */
  env?: Environment;
  cwd?: string;
  stdio?: SpawnOptions["stdio"];
  /** Drop to this user; only root may set it. */
  user?: { uid: number; gid: number } | undefined;
  /** What asks the program politely to end; SIGKILL follows after `graceMs`. */
  stopSignal?: NodeJS.Signals;
  graceMs?: number;
};

export type Child = {
  readonly name: string;
  readonly process: ChildProcess;
  readonly pid: number;
  /** Resolves when the program has ended, for whatever reason. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  alive(): boolean;
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
};

/**
 * Starts a program in its own process group, so that a Ctrl-C in the terminal reaches only us and we stop children in
 * order. A watchdog holds the other end of a pipe from us: should we die without a word, it ends the group.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, command, args, stopSignal = "SIGTERM", graceMs = 10_000 } = options;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: (options.env ?? process.env) as NodeJS.ProcessEnv,
    stdio: options.stdio ?? "ignore",
    detached: true,
    ...options.user,
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  await once(child, "spawn");
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${name} has no process id`);

  const watchdog = leash(pid, stopSignal);
  void ended.then(() => watchdog?.kill("SIGKILL"));
  const alive = () => child.exitCode === null && child.signalCode === null;

  const signal = (wanted: NodeJS.Signals) => {
    if (alive()) signalGroup(pid, wanted);
  };
  const stop = async () => {
    if (!alive()) return;
    // A frozen program does not hear the request to end.
    signal("SIGCONT");
    signal(stopSignal);
    const timer = setTimeout(() => signal("SIGKILL"), graceMs);
    await ended;
    clearTimeout(timer);
    // Helpers that the program left in its group.
    signalGroup(pid, "SIGKILL");
  };
  const started = { name, process: child, pid, ended, alive, signal, stop };
  living.add(started);
  void ended.then(() => living.delete(started));
  return started;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function leash(pid: number, stopSignal: NodeJS.Signals): ChildProcess | undefined {
  if (process.platform === "win32") return undefined;
  const signal = stopSignal.slice("SIG".length);
  const script = `read _; kill -CONT -${pid}; kill -${signal} -${pid}; sleep 10; kill -KILL -${pid}`;
  const watchdog = spawn("/bin/sh", ["-c", script], { detached: true, stdio: ["pipe", "ignore", "ignore"], cwd: "/" });
  watchdog.unref();
  // A pipe that keeps nobody waiting: Node may end while it is open, and ending closes it.
  (watchdog.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  watchdog.stdin?.on("error", () => undefined);
  return watchdog;
}

type Ending = () => Promise<void> | void;
const endings: Ending[] = [];
const living = new Set<Child>();
let ending: Promise<void> | undefined;

/** Whether `endAll` has begun: a child that ends now was told to. */
export const isEnding = () => ending !== undefined;

/** Ends everything on Ctrl-C, SIGTERM, SIGHUP, and when the npm that runs us is gone; call it before the first child. */
export function endOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  if (!process.env.npm_lifecycle_event) return;
  // npm runs us through a shell that stays when npm is gone, unless that shell has made way for us.
  const parent = process.ppid;
  const npm = commandOf(parent).includes(" -c ") ? parentOf(parent) : parent;
  setInterval(() => (process.ppid !== parent || !isRunning(npm)) && onSignal("SIGHUP"), 1_000).unref();
}

/** Runs `stop` when everything is to end: the last one first, children that nobody named at the very last. */
export function atEnd(stop: Ending): void {
  endings.push(stop);
}

/** Stops everything registered with `atEnd` and every child that is left, once. */
export function endAll(): Promise<void> {
  ending ??= (async () => {
    for (const stop of [...endings].reverse()) {
      await Promise.resolve(stop()).catch((error: unknown) => console.error(error));
    }
    await Promise.all([...living].map((child) => child.stop()));
  })();
  return ending;
}

function onSignal(signal: NodeJS.Signals): void {
  const code = { SIGINT: 130, SIGTERM: 143 }[signal as "SIGINT"] ?? 129;
  if (!ending) console.log("\nStopping ...");
  void endAll().then(() => process.exit(code));
}
