import { createServer, connect as dial } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A TCP port on loopback that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Whether a server could listen on this port, on all interfaces and on loopback. */
export async function portIsFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port));
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, ...(host ? { host } : {}) }, () => server.close(() => resolve(true)));
  });
}

/** Whether something answers on this port of loopback. */
export function answers(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial({ port, host });
    const settle = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1_000, () => settle(false));
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

/** Tries `probe` until it neither throws nor gives false; throws `why()` when the time is over or `dead()` says so. */
export async function until(
  probe: () => Promise<boolean>,
  { timeoutMs, everyMs = 50, dead, why }: Waiting,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    if (await probe().catch(() => false)) return;
    if (dead?.()) break;
    await sleep(everyMs);
  }
  throw new Error(why());
}

type Waiting = { timeoutMs: number; everyMs?: number; dead?: () => boolean; why: () => string };
